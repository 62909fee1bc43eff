package io.sluice.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

import io.sluice.order.OrderStatus;

/** A dashboard page in a browser. */
final class DashboardView implements AutoCloseable {
    private final BrowserContext context;
    private final String home;
    final Page page;
    /** Messages on the browser console, including violations of the content security policy. */
    final List<String> complaints = new ArrayList<>();

    DashboardView(Browser browser, String home, Browser.NewContextOptions options) {
        this(browser.newContext(options), home);
    }

    private DashboardView(BrowserContext context, String home) {
        this.home = home;
        this.context = context;
        page = context.newPage();
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
    }

    /** Another tab of the same browser, closed together with this one. */
    DashboardView tab() {
        return new DashboardView(context, home);
    }

    DashboardView open(String path) {
        page.navigate(home + path);
        return this;
    }

    /** Waits until the page is live. */
    DashboardView live() {
        assertThat(page.getByText("Live", new Page.GetByTextOptions().setExact(true))).isVisible();
        return this;
    }

    Locator rows() {
        return page.locator("tr[data-order-id]");
    }

    /** The order numbers, from top to bottom. */
    Locator numbers() {
        return page.locator(".order b");
    }

    Locator row(UUID id) {
        return page.locator("tr[data-order-id='" + id + "']");
    }

    Locator handling(UUID id) {
        return row(id).locator("[data-status]");
    }

    void shows(UUID id, OrderStatus status) {
        assertThat(handling(id)).hasAttribute("data-status", status.name());
    }

    Locator checkbox(UUID id) {
        return row(id).getByRole(AriaRole.CHECKBOX);
    }

    Locator historyLink(UUID id) {
        return row(id).getByTestId("history");
    }

    Locator panel() {
        return page.locator("#panel");
    }

    Locator banner() {
        return page.getByTestId("partner-banner");
    }

    /** The progress of the batches on this page. */
    Locator progress() {
        return page.getByTestId("batch-progress");
    }

    Locator message() {
        return page.locator(".flash");
    }

    Locator staleBadge() {
        return page.getByTestId("stale-badge");
    }

    void generate(int count) {
        page.getByLabel("Number of demo orders").selectOption(String.valueOf(count));
        page.getByTestId("generate").click();
    }

    void selectAll() {
        page.getByTestId("select-all").check();
    }

    void handle() {
        page.getByTestId("handle").click();
    }

    /** Sets a mark that a reload would remove. */
    void mark() {
        page.evaluate("window.marked = true");
    }

    boolean marked() {
        return Boolean.TRUE.equals(page.evaluate("window.marked === true"));
    }

    @Override
    public void close() {
        context.close();
    }
}
