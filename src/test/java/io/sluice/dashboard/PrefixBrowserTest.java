package io.sluice.dashboard;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.microsoft.playwright.Browser;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.sluice.testing.Api;

/** Sluice under a path of another site. */
@QuarkusTest
@TestProfile(PrefixBrowserTest.UnderAPath.class)
class PrefixBrowserTest extends BrowserTest {
    /** The key that says so. */
    public static final class UnderAPath implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("sluice.http.prefix", "/sluice/");
        }
    }

    /** With a slash at its end, nginx removes the prefix; without, it leaves it in. */
    @ParameterizedTest
    @CsvSource({"/", "''"})
    void dashboard(String end) throws Exception {
        try (Nginx nginx = Nginx.start("location /sluice/ { proxy_pass http://" + authority() + end + "; }")) {
            ordersAreMadeAndHandled("http://" + nginx.authority() + "/sluice/",
                    new Browser.NewContextOptions());
        }
    }

    @Test
    void locations_haveThePrefix() {
        Api.send(Api.order().manual()).then().statusCode(202).header("Location", startsWith("/sluice/api/orders/"));
        String location = Api.send(Api.order().manual()).header("Location");
        given().get(location).then().statusCode(200);
        given().get(location.substring("/sluice".length())).then().statusCode(200);
        given().redirects()
                .follow(false)
                .contentType("application/x-www-form-urlencoded")
                .post("/dashboard/partners/carrier/resume")
                .then()
                .statusCode(303)
                .header("Location", is("/sluice/partners"));
    }

    @Test
    void prefixItself_isTheTable_andLongerNamesAreNot() {
        given().get("/sluice").then().statusCode(200).body(containsString("<base href=\"/sluice/\">"));
        given().get("/sluice?status=FAILED").then().statusCode(200);
        given().get("/sluicer/").then().statusCode(404);
    }
}
