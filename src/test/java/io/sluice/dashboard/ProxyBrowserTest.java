package io.sluice.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.util.UUID;

import org.junit.jupiter.api.Test;

import com.microsoft.playwright.Browser;

import io.quarkus.test.junit.QuarkusTest;
import io.sluice.order.OrderStatus;
import io.sluice.order.Step;

/** The dashboard behind nginx with its defaults: it passes neither the host nor the scheme on. */
@QuarkusTest
class ProxyBrowserTest extends BrowserTest {
    @Test
    void plain() throws Exception {
        try (Nginx nginx = Nginx.start("location / { proxy_pass http://" + authority() + "; }")) {
            ordersAreMadeAndHandled("http://" + nginx.authority() + "/", new Browser.NewContextOptions());
        }
    }

    @Test
    void tls() throws Exception {
        try (Nginx nginx = Nginx.startWithTls("location / { proxy_pass http://" + authority() + "; }")) {
            ordersAreMadeAndHandled("https://" + nginx.authority() + "/",
                    new Browser.NewContextOptions().setIgnoreHTTPSErrors(true));
        }
    }

    @Test
    void tls_withoutScripts() throws Exception {
        try (Nginx nginx = Nginx.startWithTls("location / { proxy_pass http://" + authority() + "; }");
                DashboardView view = view("https://" + nginx.authority() + "/",
                        new Browser.NewContextOptions().setIgnoreHTTPSErrors(true).setJavaScriptEnabled(false))) {
            view.open("").generate(5);
            assertThat(view.message()).containsText("5 orders created.");
            assertThat(view.rows()).hasCount(5);
        }
    }

    @Test
    void exampleRequest_showsTheAddressThatThisBrowserSees() throws Exception {
        try (Nginx nginx = Nginx.start("location / { proxy_pass http://" + authority() + "; }");
                DashboardView view = view("http://" + nginx.authority() + "/",
                        new Browser.NewContextOptions())) {
            view.open("").live();
            assertThat(view.page.getByLabel("Example request"))
                    .containsText("curl http://" + nginx.authority() + "/api/orders ");
        }
    }

    @Test
    void lostConnection_isShownAndRecovers() throws Exception {
        UUID id = orders.add(TestOrders.draft("WEB-1", 0), OrderStatus.QUEUED);
        Nginx nginx = Nginx.start("location / { proxy_pass http://" + authority() + "; }");
        try (DashboardView view = view("http://" + nginx.authority() + "/", new Browser.NewContextOptions())) {
            DashboardView tab = view.open("").live().tab().open("").live();
            nginx.stop();
            assertThat(view.staleBadge()).isVisible();
            assertThat(tab.staleBadge()).isVisible();

            orders.become(id, OrderStatus.HANDLING, Step.PRINT_PACKING_SLIP);
            nginx.startAgain();
            view.live().shows(id, OrderStatus.HANDLING);
            tab.live().shows(id, OrderStatus.HANDLING);
        } finally {
            nginx.close();
        }
    }
}
