package io.sluice.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import io.sluice.order.OrderStatus;
import io.sluice.testing.OpenIdProvider;
import io.vertx.core.json.JsonObject;

/** People who log in with an OpenID provider, in a real browser, and programs with its tokens. */
@QuarkusTest
@QuarkusTestResource(value = OpenIdProvider.class, restrictToAnnotatedClass = true)
@TestProfile(LoginBrowserTest.WithLogin.class)
class LoginBrowserTest extends BrowserTest {
    private static final String ENDED = "Your session has ended";

    @Test
    void login_leadsToThePageThatWasAskedFor_withTheNameAndWhatTheRoleMay() {
        view.open("?status=FAILED");
        logIn("ada-operator");
        view.live();
        assertThat(view.page).hasURL(home + "?status=FAILED");
        assertThat(view.page.getByTestId("user")).hasText("ada-operator");
        assertThat(view.page.getByText("Webhooks")).hasCount(0);
        assertThat(view.open("webhooks").page.locator("h2")).hasText("Not allowed");
        view.complaints.clear(); // of the page that is not allowed

        view.page.context().clearCookies();
        view.open("");
        logIn("eve-admin");
        assertThat(view.page.getByText("Webhooks")).hasCount(1);
    }

    @Test
    void sessionCookies_areForThisHostOnly_andKeptFromScripts() {
        view.open("");
        logIn("ada-operator");
        view.live();
        List<Cookie> session = cookies();
        assertThat(session).isNotEmpty().allSatisfy(cookie -> {
            assertThat(cookie.name).startsWith("__Host-");
            assertThat(cookie.httpOnly).isTrue();
            assertThat(cookie.secure).isTrue();
            assertThat(cookie.sameSite).isEqualTo(SameSiteAttribute.LAX);
            assertThat(cookie.path).isEqualTo("/");
        });
        String value = session.stream()
                .filter(cookie -> cookie.name.equals("__Host-q_session"))
                .findFirst()
                .get().value;
        page().cookie("__Host-q_session", value).get("/").then().statusCode(200);
        page().cookie("q_session", value).get("/").then().statusCode(302);
    }

    @Test
    void liveUpdatesAndForms() {
        view.open("");
        logIn("brief-admin");
        view.live();
        view.generate(5);
        assertThat(view.message()).containsText("5 orders created.");
        assertThat(view.rows()).hasCount(5);
        // The token ends every two seconds; the session goes on.
        Instant start = Instant.now();
        Awaitility.await().until(() -> Instant.now().isAfter(start.plusSeconds(5)));
        UUID id = orders.add(TestOrders.draft("WEB-1", 0), OrderStatus.QUEUED);
        view.live().shows(id, OrderStatus.QUEUED);
    }

    @Test
    void logout() {
        view.open("");
        logIn("ada-operator");
        view.live().page.getByTestId("logout").click();
        view.page.getByText("Log out here").click();
        assertThat(view.page.locator("h2")).hasText("You are logged out");
        assertThat(cookies()).isEmpty();
        view.open("");
        assertThat(view.page.locator("[name=login]")).isVisible();
    }

    /** Else the page of another site could log people out with an image. */
    @Test
    void logout_isNoLink_andNotForOtherSites() {
        given().get("/logout").then().statusCode(401);
        page().header("Sec-Fetch-Site", "cross-site").post("/logout").then().statusCode(403);
    }

    @Test
    void sessionThatEnds_isSaidWherePeopleLook_andTheWayBackIsOffered() {
        UUID id = orders.add(TestOrders.draft("WEB-1", 0), OrderStatus.FAILED);
        view.open("orders/" + id);
        logIn("ada-operator");
        view.live();
        view.page.context()
                .clearCookies(new BrowserContext.ClearCookiesOptions()
                        .setName(Pattern.compile("__Host-.*")));
        view.page.getByTestId("retry").first().click();
        assertThat(view.page.locator("#session")).containsText(ENDED);
        assertThat(view.page.locator("main .flash")).containsText("Nothing was changed");
        view.complaints.clear(); // the browser reports answers with 401

        Page login = view.page.waitForPopup(() -> view.page.locator("#session a").click());
        assertThat(login.getByTestId("user")).hasText("ada-operator");
        login.close();
        view.page.getByTestId("retry").first().click();
        assertThat(view.page.locator("main")).containsText("Handled");
        assertThat(view.page.locator("#session")).isHidden();
        view.complaints.clear();
    }

    @Test
    void formOfASessionThatEnded_withoutScripts() {
        page().contentType("application/x-www-form-urlencoded")
                .post("/dashboard/partners/carrier/pause")
                .then()
                .statusCode(401)
                .contentType("text/html")
                .body(containsString("Nothing was changed"), containsString(">Log in<"));
    }

    @Test
    void requestsOfScriptsAndPrograms_areNotRedirected() {
        page().header("Sec-Fetch-Mode", "cors").get("/").then().statusCode(401);
        page().get("/dashboard/table").then().statusCode(401);
        given().redirects().follow(false).get("/").then().statusCode(401).contentType("application/problem+json");
        given().redirects().follow(false).accept("text/html").get("/api/orders").then().statusCode(401);
    }

    @ParameterizedTest
    @CsvSource({"/login?error=access_denied&state=x, refused the login (access_denied)",
            "/login?error=%3Cscript%3E, refused the login (unknown error)",
            "/login?code=x&state=y, The login took too long", "/login, The login took too long"})
    void loginThatFails_isAPageWithAWayOn_andNoLoop(String address, String message) {
        page().urlEncodingEnabled(false)
                .get(address)
                .then()
                .statusCode(401)
                .body(containsString(message),
                        containsString(">Try again<"));
        page().urlEncodingEnabled(false)
                .cookie("__Host-q_auth_y", "y|forged")
                .get(address)
                .then()
                .statusCode(401)
                .body(containsString("The login failed"), containsString(">Try again<"));
    }

    @Test
    void pageAskedFor_isOfThisSite() {
        view.open("//evil.example/");
        logIn("ada-operator");
        assertThat(view.page.locator("h2")).hasText("Page not found");
        assertThat(view.page.url()).startsWith(home);
        view.complaints.clear();
    }

    @Test
    void provider_mayBeAway() {
        OpenIdProvider.stopProcess();
        try {
            given().get("/q/health/live").then().statusCode(200);
            given().get("/q/health/ready").then().statusCode(200);
        } finally {
            OpenIdProvider.startAgain();
        }
        view.open("");
        logIn("ada-operator");
        view.live();
    }

    @Test
    void tokenOfAProgram_hasItsRolesAndChannels() {
        String token = given().auth()
                .preemptive()
                .basic("erp", "another-secret-of-thirty-two-characters")
                .formParam("grant_type", "client_credentials")
                .formParam("resource", "urn:sluice")
                .post(OpenIdProvider.url() + "/token")
                .jsonPath()
                .getString("access_token");
        bearer(token).get("/api/orders").then().statusCode(200);
        bearer(token).get("/api/batches").then().statusCode(403).body("detail", containsString("view"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"iss | https://other.example | another issuer",
            "aud | elsewhere | another audience", "exp | 1000 | has expired"})
    void tokenThatIsNotForUs(String claim, String value, String detail) {
        String good = OpenIdProvider.token(claims().toString());
        bearer(good).get("/api/batches").then().statusCode(200);
        var wrong = claims();
        wrong.put(claim, claim.equals("exp") ? Long.valueOf(value) : value);
        refused(OpenIdProvider.token(wrong.toString()), detail);
    }

    @Test
    void tokenThatIsNotSigned() {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        String payload = encoder.encodeToString(claims().toString().getBytes(UTF_8));
        refused(encoder.encodeToString("{\"alg\":\"none\"}".getBytes(UTF_8)) + "." + payload + ".", "not valid");
        String good = OpenIdProvider.token(claims().toString());
        refused(good.substring(0, good.length() - 20) + "AAAAAAAAAAAAAAAAAAAA", "not valid");
        refused("opaque", "not valid");
    }

    private static void refused(String token, String detail) {
        bearer(token).get("/api/batches")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", startsWith("Bearer"))
                .body("type", is("urn:sluice:problem:unauthenticated"))
                .body("detail", containsString(detail))
                .body("status", notNullValue());
    }

    private static JsonObject claims() {
        long now = Instant.now().getEpochSecond();
        return new JsonObject(new HashMap<>(Map.of("iss", OpenIdProvider.url(), "sub", "1", "aud", "sluice",
                "preferred_username", "ada", "groups", List.of("viewer"), "iat", now, "exp", now + 600)));
    }

    private static RequestSpecification bearer(String token) {
        return given().header("Authorization", "Bearer " + token);
    }

    /** As a browser asks for a page. */
    private static RequestSpecification page() {
        return given().redirects().follow(false).accept("text/html");
    }

    /** Those of Sluice; the provider has the same browser. */
    private List<Cookie> cookies() {
        return view.page.context().cookies().stream().filter(cookie -> cookie.domain.equals("127.0.0.1")).toList();
    }

    private void logIn(String name) {
        Locator login = view.page.locator("[name=login]");
        login.fill(name);
        view.page.locator("[name=password]").fill("secret");
        view.page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign-in")).click();
    }

    /** The provider is a resource of this test. */
    public static class WithLogin implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("sluice.auth", "oidc", "quarkus.oidc.tenant-enabled", "true");
        }
    }
}
