package io.sluice.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.microsoft.playwright.Browser;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.testing.Partners;
import io.sluice.testing.SluiceServices;

/** The dashboard behind nginx with its defaults: it passes neither the host nor the scheme on. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class ProxyBrowserTest {
    private static Chromium chromium;

    @TestHTTPResource("")
    URI home;
    @Inject
    TestOrders orders;

    @BeforeAll
    static void start() {
        chromium = Chromium.start();
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void wellBehaved() {
        Partners.wellBehaved();
        orders.clear();
    }

    @AfterEach
    void clear() {
        orders.clear();
    }

    @Test
    void plain() throws Exception {
        try (Nginx nginx = Nginx.start("location / { proxy_pass http://" + home.getAuthority() + "; }")) {
            ordersAreMadeAndHandled("http://" + nginx.authority() + "/", new Browser.NewContextOptions());
        }
    }

    @Test
    void tls() throws Exception {
        try (Nginx nginx = Nginx.startWithTls("location / { proxy_pass http://" + home.getAuthority() + "; }")) {
            ordersAreMadeAndHandled("https://" + nginx.authority() + "/",
                    new Browser.NewContextOptions().setIgnoreHTTPSErrors(true));
        }
    }

    @Test
    void tls_withoutScripts() throws Exception {
        try (Nginx nginx = Nginx.startWithTls("location / { proxy_pass http://" + home.getAuthority() + "; }");
                DashboardView view = new DashboardView(chromium.browser, "https://" + nginx.authority() + "/",
                        new Browser.NewContextOptions().setIgnoreHTTPSErrors(true).setJavaScriptEnabled(false))) {
            view.open("").generate(5);
            assertThat(view.message()).containsText("5 orders created.");
            assertThat(view.rows()).hasCount(5);
        }
    }

    @Test
    void exampleRequest_showsTheAddressThatThisBrowserSees() throws Exception {
        try (Nginx nginx = Nginx.start("location / { proxy_pass http://" + home.getAuthority() + "; }");
                DashboardView view = new DashboardView(chromium.browser, "http://" + nginx.authority() + "/",
                        new Browser.NewContextOptions())) {
            view.open("").live();
            assertThat(view.page.getByLabel("Example request"))
                    .containsText("curl http://" + nginx.authority() + "/api/orders ");
        }
    }

    private static void ordersAreMadeAndHandled(String home, Browser.NewContextOptions options) {
        ProxiedDashboard.ordersAreMadeAndHandled(chromium.browser, home, options);
    }
}
