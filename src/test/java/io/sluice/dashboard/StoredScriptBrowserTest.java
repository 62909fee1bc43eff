package io.sluice.dashboard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;
import io.sluice.access.Routes;
import io.sluice.testing.Api;

/** Every text that somebody may store is shown as text. The browser also tells of scripts that the policy has stopped. */
@QuarkusTest
class StoredScriptBrowserTest extends BrowserTest {
    /** Short enough for every field. */
    private static final String IMAGE = "\"'><img src=x onerror=pwned()>";
    private static final String SCRIPT = "</title></script><script>pwned()</script>{7*7}";

    @Test
    void everyPage_showsTextAsText() {
        String id = stored(IMAGE);
        stored(SCRIPT);
        given().contentType("application/json")
                .body(Map.of("reason", IMAGE))
                .post("/api/partners/carrier/pause")
                .then()
                .statusCode(200);
        String batch = given().header("X-Remote-User", IMAGE)
                .contentType("application/json")
                .body(Map.of("orderIds", List.of(id)))
                .post("/api/batches")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        String webhook = given().contentType("application/json")
                .body(Map.of("url", home + "hooks/'%3E%3Cscript%3E", "eventTypes", List.of("order.received")))
                .post("/api/webhooks")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        given().header("X-Remote-User", SCRIPT).post("/api/orders/" + id + "/cancel");
        for (String path : pages(id, batch, webhook)) {
            assertThat(view.page.navigate(home + path).status()).as(path)
                    .isEqualTo(path.startsWith("nothing") ? 404 : 200);
            view.complaints.removeIf(complaint -> path.startsWith("nothing") && complaint.contains("404"));
            Object found = view.page
                    .evaluate("() => document.querySelectorAll('img[src=x], main script, dialog script').length"
                            + " + (document.body.innerText.includes('{49}') || document.body.innerText.includes('pwned()49') ? 1 : 0)");
            assertThat(found).as(path).isEqualTo(0);
        }
        view.open("").live();
        view.page.getByTestId("history").first().click();
        assertThat(view.page.evaluate("() => document.querySelectorAll('img[src=x]').length")).isEqualTo(0);
        given().delete("/api/webhooks/" + webhook).then().statusCode(204);
    }

    /** Every page, with searches. Addresses below {@code /dashboard} answer with parts of them. */
    private static List<String> pages(String order, String batch, String webhook) {
        List<String> pages = new ArrayList<>();
        Routes.all()
                .stream()
                .filter(route -> route.method().equals("GET") && !route.path().startsWith("/api/")
                        && !route.path().startsWith("/q/") && !route.path().matches(".*(\\*|problems/|/log).*")
                        && !route.path().startsWith("/dashboard/"))
                .forEach(route -> pages.add(route.path()
                        .substring(1)
                        .replace("{id}", route.path().contains("batches")
                                ? batch
                                : route.path().contains("webhooks") ? webhook : order)));
        String hostile = "%22'%3E%3Cimg%20src=x%20onerror=pwned()%3E";
        pages.add("?q=" + hostile);
        pages.add("?channel=" + hostile + "&cause=" + hostile);
        pages.add("nothing/" + hostile);
        return pages;
    }

    private static String stored(String text) {
        return Api.send(Api.order()
                .manual()
                .customer(text)
                .line(text, "1.00")
                .externalId(text)
                .with("note", text)
                .with("metadata", Map.of(text, text))
                .with("adjustments", List.of(Map.of("label", text, "amount", "1.00")))
                .with("shipTo", Map.of("name", text, "company", text, "street", text, "district", text, "city", text,
                        "state", text, "postalCode", "SW1Y 4JH", "country", "GB", "phone", text)))
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }
}
