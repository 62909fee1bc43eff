package io.sluice.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;

/** A day's work in the dashboard, whatever stands between it and the browser. */
final class ProxiedDashboard {
    private ProxiedDashboard() {}

    /** Makes orders, handles them, and follows them on every page, without a message on the console. */
    static void ordersAreMadeAndHandled(Browser browser, String home, Browser.NewContextOptions options) {
        try (DashboardView view = new DashboardView(browser, home, options)) {
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
}
