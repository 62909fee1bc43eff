package io.sluice.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.sluice.testing.Partners;
import io.sluice.testing.SluiceServices;

/**
 * Tests of the dashboard in a real browser, with empty tables. All classes share one browser, which ends with the JVM.
 */
@QuarkusTestResource(SluiceServices.class)
abstract class BrowserTest {
    private static Chromium chromium;

    @TestHTTPResource("")
    String home;
    @Inject
    TestOrders orders;

    /** A page of this service; the test fails if the browser complains about it. */
    DashboardView view;

    @BeforeAll
    static void startBrowser() {
        if (chromium == null) {
            chromium = Chromium.start();
        }
    }

    @BeforeEach
    void emptyTables() {
        Partners.wellBehaved();
        orders.clear();
        view = view(home, new Browser.NewContextOptions());
    }

    @AfterEach
    void noComplaints() {
        Partners.wellBehaved();
        view.close();
        orders.clear();
        assertThat(view.complaints).isEmpty();
    }

    /** A page in a browser profile of its own. */
    static DashboardView view(String home, Browser.NewContextOptions options) {
        return new DashboardView(chromium.browser, home, options);
    }

    /** Makes orders, handles them, and follows them on every page, without a message on the console. */
    static void ordersAreMadeAndHandled(String home, Browser.NewContextOptions options) {
        try (DashboardView view = view(home, options)) {
            view.open("").live();
            view.generate(5);
            assertThat(view.message()).containsText("5 orders created.");
            assertThat(view.rows()).hasCount(5);
            view.selectAll();
            view.handle();
            assertThat(view.message()).containsText("Batch of 5 orders started");
            assertThat(view.page.locator("tr[data-order-id] [data-status=HANDLED]")).hasCount(5);

            view.page.getByTestId("history").first().click();
            assertThat(view.panel()).containsText("Packing slip");
            view.page.keyboard().press("Escape");
            view.page.locator("#batches a[href^='batches/']").first().click();
            view.live();
            assertThat(view.page.locator("[data-item]")).hasCount(5);
            Locator order = view.page.locator("[data-item] a[href^='orders/']").first();
            order.click();
            view.live();
            assertThat(view.page.locator("body")).containsText("Packing slip");
            view.open("partners").live();
            view.open("?status=HANDLED").live();
            assertThat(view.rows()).hasCount(5);
            assertThat(view.complaints).isEmpty();
        }
    }

    /** {@code host:port} of the service. */
    String authority() {
        return URI.create(home).getAuthority();
    }

    /** Goes on without JavaScript. */
    void withoutJavaScript() {
        view.close();
        view = view(home, new Browser.NewContextOptions().setJavaScriptEnabled(false));
    }
}
