package io.sluice.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;

import io.quarkus.test.junit.QuarkusTest;
import io.sluice.order.OrderStatus;
import io.sluice.order.Outcome;
import io.sluice.order.Step;
import io.sluice.testing.Api;
import io.sluice.testing.Partners;

@QuarkusTest
class DashboardBrowserTest extends BrowserTest {
    private static final List<Step> PLAN = List.of(Step.PRINT_PACKING_SLIP, Step.CREATE_SHIPMENT, Step.SEND_TRACKING,
            Step.MARK_SHIPPED);
    /** Covers the detection of an outage, or of its end. */
    private static final double OUTAGE_MS = 45_000;

    @Test
    void changedOrder_changesItsRowWithoutReload() {
        UUID id = orders.add(TestOrders.draft("WEB-1", 0), OrderStatus.QUEUED);
        view.open("").live().mark();

        orders.become(id, OrderStatus.HANDLING, Step.PRINT_PACKING_SLIP);
        view.shows(id, OrderStatus.HANDLING);
        assertThat(view.handling(id)).containsText("Print packing slip");

        for (int i = 0; i < PLAN.size(); i++) {
            orders.done(id, PLAN.get(i), i + 1 < PLAN.size() ? PLAN.get(i + 1) : null);
        }
        view.shows(id, OrderStatus.HANDLED);
        assertThat(view.row(id)).containsText("Simulated Parcel");
        assertThat(view.marked()).isTrue();
    }

    @Test
    void newOrder_isInsertedInTableOrder() {
        orders.add(TestOrders.draft("OLD", 10), OrderStatus.RECEIVED);
        orders.add(TestOrders.draft("NEW", 0), OrderStatus.RECEIVED);
        view.open("").live();

        orders.add(TestOrders.draft("BETWEEN", 5), OrderStatus.RECEIVED);

        assertThat(view.numbers()).hasText(new String[]{"NEW", "BETWEEN", "OLD"});
    }

    @Test
    void firstOrder_replacesTheEmptyPage() {
        view.open("").live();
        UUID id = orders.add(TestOrders.draft("WEB-1", 0), OrderStatus.RECEIVED);
        view.shows(id, OrderStatus.RECEIVED);
    }

    @Test
    void fullPage_keepsItsLengthAndLosesNoOrder() {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            ids.add(orders.add(TestOrders.draft("N" + i, 10 + i), OrderStatus.RECEIVED));
        }
        view.open("").live();
        UUID newest = orders.add(TestOrders.draft("NEWEST", 0), OrderStatus.RECEIVED);
        view.shows(newest, OrderStatus.RECEIVED);
        assertThat(view.rows()).hasCount(50);

        view.page.getByText("Older").click();
        assertThat(view.rows()).hasCount(11);
        assertThat(view.row(ids.get(49))).isVisible();
    }

    @Test
    void manyChangesAtOnce_refreshTheTable() {
        for (int i = 0; i < 150; i++) {
            orders.add(TestOrders.draft("N" + i, i), OrderStatus.QUEUED);
        }
        view.open("").live().mark();

        orders.all(OrderStatus.HANDLED);

        assertThat(view.page.locator("[data-status=HANDLED][class=handling]")).hasCount(50);
        assertThat(view.marked()).isTrue();
    }

    @Test
    void selectionAndFocus_surviveUpdates() {
        UUID first = orders.add(TestOrders.draft("WEB-1", 0), OrderStatus.FAILED);
        UUID second = orders.add(TestOrders.draft("WEB-2", 1), OrderStatus.RECEIVED);
        view.open("").live();
        view.checkbox(first).check();
        view.checkbox(second).check();
        view.checkbox(first).focus();

        orders.stop(first, OrderStatus.FAILED, Step.CREATE_SHIPMENT, 1, Outcome.FAILED, "Now for another reason.", 400);
        assertThat(view.row(first)).containsText("another reason");
        assertThat(view.checkbox(first)).isChecked();
        assertThat(view.checkbox(first)).isFocused();

        orders.become(second, OrderStatus.QUEUED, null);
        assertThat(view.page.getByText("1 selected")).isVisible();
    }

    @Test
    void selectedOrders_stayInPlace_andNewOnesAreCountedMeanwhile() {
        UUID first = orders.add(TestOrders.draft("WEB-1", 2), OrderStatus.RECEIVED);
        orders.add(TestOrders.draft("WEB-2", 3), OrderStatus.RECEIVED);
        view.open("").live();
        view.checkbox(first).check();
        view.page.mouse().move(0, 0);

        UUID newer = orders.add(TestOrders.draft("WEB-3", 1), OrderStatus.RECEIVED);
        UUID newest = orders.add(TestOrders.draft("WEB-4", 0), OrderStatus.RECEIVED);
        assertThat(view.page.getByText("Show 2 new or changed orders")).isVisible();
        assertThat(view.numbers()).hasText(new String[]{"WEB-1", "WEB-2"});

        orders.become(newest, OrderStatus.QUEUED, null);
        view.checkbox(first).uncheck();
        view.page.mouse().move(0, 0);
        assertThat(view.numbers()).hasText(new String[]{"WEB-4", "WEB-3", "WEB-1", "WEB-2"});
        view.shows(newest, OrderStatus.QUEUED);
        view.shows(newer, OrderStatus.RECEIVED);
    }

    @Test
    void rowsUnderThePointer_stayInPlace_whateverThePageFetches() {
        for (int i = 1; i <= 150; i++) {
            orders.add(TestOrders.draft("N" + i, 10 + i), OrderStatus.RECEIVED);
        }
        view.open("").live();
        String top = view.numbers().first().textContent();
        view.rows().first().hover();

        orders.add(TestOrders.draft("NEWEST", 0), OrderStatus.RECEIVED);
        orders.all(OrderStatus.HANDLED); // more than is pushed row by row
        assertThat(view.page.locator("td[data-status=HANDLED]")).hasCount(50);
        assertThat(view.numbers().first()).hasText(top);
        assertThat(view.page.getByText("Show 1 new or changed order")).isVisible();

        view.page.mouse().move(0, 0);
        assertThat(view.numbers().first()).hasText("NEWEST");
    }

    @Test
    void selection_outlivesItsRows_andIsHandedOverInTableOrder() {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            ids.add(orders.add(TestOrders.draft("OLD" + i, 100 + i), OrderStatus.RECEIVED));
        }
        view.open("").live();
        view.selectAll();
        for (int i = 0; i < 45; i++) {
            orders.add(TestOrders.draft("NEW" + i, i), OrderStatus.RECEIVED);
        }
        view.page.getByText("Show 45 new or changed orders").click();
        assertThat(view.rows()).hasCount(50);
        assertThat(view.page.getByText("20 selected, 15 not on this page")).isVisible();

        view.open("?q=OLD7").live();
        assertThat(view.page.getByText("20 selected, 19 not on this page")).isVisible();
        orders.become(ids.get(3), OrderStatus.QUEUED, null);
        assertThat(view.page.getByText("19 selected, 18 not on this page")).isVisible();
        view.handle();

        assertThat(view.message()).containsText("Batch of 19 orders started");
        assertThat(view.page.getByText("None selected")).isVisible();
        view.message().getByRole(AriaRole.LINK).click();
        List<String> batch = view.page.locator("[data-item] a").allTextContents();
        assertThat(batch).hasSize(19).startsWith("OLD0", "OLD1", "OLD2", "OLD4").endsWith("OLD19");
    }

    @Test
    void selectionOnAnotherPage_isCleared() {
        orders.add(TestOrders.draft("WEB-1", 0), OrderStatus.RECEIVED);
        view.open("").live();
        view.selectAll();
        view.open("?q=nothing-like-it").live();

        view.page.locator("#clear").click();
        assertThat(view.page.getByTestId("handle")).isHidden();
        view.open("").live();
        assertThat(view.page.getByText("None selected")).isVisible();
    }

    @Test
    void popups_closeWithEscapeAndAClickElsewhere() {
        UUID id = orders.add(TestOrders.draft("WEB-1", 0), OrderStatus.RECEIVED);
        view.open("").live();
        view.page.getByTestId("choices").click();
        assertThat(view.page.getByLabel("Bottom-up")).isVisible();
        view.page.getByLabel("Bottom-up").check();
        view.page.keyboard().press("Escape");
        assertThat(view.page.getByLabel("Bottom-up")).isHidden();
        assertThat(view.page.getByTestId("choices")).isFocused();

        view.page.getByTestId("choices").click();
        view.page.locator("h1").hover();
        view.page.mouse().click(700, 600);
        assertThat(view.page.getByLabel("Bottom-up")).isHidden();

        view.historyLink(id).click();
        view.panel().getByTestId("cancel").click();
        view.page.keyboard().press("Escape");
        assertThat(view.panel().getByTestId("cancel-confirm")).isHidden();
        assertThat(view.panel()).isVisible();
        view.page.keyboard().press("Escape");
        assertThat(view.panel()).isHidden();
    }

    @Test
    void eightTabs_areAllLive() {
        UUID id = orders.add(TestOrders.draft("WEB-1", 0), OrderStatus.QUEUED);
        List<DashboardView> tabs = new ArrayList<>(List.of(view));
        while (tabs.size() < 8) {
            tabs.add(view.tab());
        }
        tabs.forEach(tab -> tab.open("").live());
        tabs.get(0).page.close();

        orders.become(id, OrderStatus.HANDLING, Step.PRINT_PACKING_SLIP);
        tabs.subList(1, tabs.size()).forEach(tab -> tab.shows(id, OrderStatus.HANDLING));
    }

    @Test
    void hiddenTab_isNotConnected_andCatchesUp() {
        UUID id = orders.add(TestOrders.draft("WEB-1", 0), OrderStatus.QUEUED);
        view.page.addInitScript("let hidden = true;"
                + "Object.defineProperty(document, 'hidden', { get: () => hidden });"
                + "window.look = () => { hidden = false; document.dispatchEvent(new Event('visibilitychange')); };");
        view.open("");
        DashboardView other = view.tab().open("").live();

        orders.become(id, OrderStatus.HANDLING, Step.PRINT_PACKING_SLIP);
        other.shows(id, OrderStatus.HANDLING);
        view.shows(id, OrderStatus.QUEUED);
        view.page.evaluate("look()");
        view.live().shows(id, OrderStatus.HANDLING);
    }

    @Test
    void requestThatFails_isExplained() {
        view.open("").live();
        view.page.route("**/dashboard/demo-orders", Route::abort);
        view.generate(5);
        assertThat(view.message()).hasText("The connection to Sluice was lost. Your change may have been made all the"
                + " same. Check the orders before you try again.✕");

        view.page.route("**/dashboard/demo-orders", route -> route.fulfill(
                new Route.FulfillOptions().setStatus(502).setContentType("text/html").setBody("<h1>Bad Gateway")));
        view.generate(5);
        assertThat(view.message()).containsText("Sluice cannot be reached at the moment (error 502).");

        view.page.unroute("**/dashboard/demo-orders");
        view.page.getByLabel("Number of demo orders").evaluate("it => it.selectedOptions[0].value = 0");
        view.page.getByTestId("generate").click();
        assertThat(view.message()).hasText("The parameter 'count' must be a whole number from 1 to 1000."
                + " Nothing was changed.✕");
        view.complaints.clear(); // about these failures
    }

    @Test
    void rowOutsideTheFilter_staysMarkedUntilReload() {
        UUID id = orders.add(TestOrders.draft("WEB-1", 0), OrderStatus.RECEIVED);
        view.open("?status=RECEIVED").live();

        orders.become(id, OrderStatus.QUEUED, null);
        assertThat(view.row(id)).hasClass(Pattern.compile("left"));

        view.page.reload();
        assertThat(view.page.getByText("No matching orders")).isVisible();
    }

    @Test
    void search_offersARefreshInsteadOfInsertingRows() {
        orders.add(TestOrders.draft("WEB-1", 1), OrderStatus.RECEIVED);
        view.open("?q=WEB").live();
        UUID id = orders.add(TestOrders.draft("WEB-2", 0), OrderStatus.RECEIVED);

        view.page.getByText("Show 1 new or changed order").click();
        view.shows(id, OrderStatus.RECEIVED);
    }

    @Test
    void searchWithoutAMatch_showsTheFirstOneByItself() {
        view.open("?q=WEB").live();
        UUID other = orders.add(TestOrders.draft("SHOP-1", 0), OrderStatus.RECEIVED);
        UUID id = orders.add(TestOrders.draft("WEB-2", 0), OrderStatus.RECEIVED);

        view.shows(id, OrderStatus.RECEIVED);
        assertThat(view.row(other)).hasCount(0);
    }

    @Test
    void history_opensUpdatesAndReturnsTheFocus() {
        UUID id = orders.add(TestOrders.draft("WEB-1", 0), OrderStatus.HANDLING);
        view.open("").live();

        view.historyLink(id).click();
        assertThat(view.panel()).containsText("No attempts yet.");

        orders.done(id, Step.PRINT_PACKING_SLIP, Step.CREATE_SHIPMENT);
        assertThat(view.panel().locator("[data-outcome=SUCCEEDED]")).containsText("Print packing slip");
        orders.stop(id, OrderStatus.FAILED, Step.CREATE_SHIPMENT, 1, Outcome.FAILED, "The address is unknown.", 400);
        assertThat(view.panel()).containsText("The address is unknown. (HTTP 400)");

        view.page.keyboard().press("Escape");
        assertThat(view.panel()).not().isVisible();
        assertThat(view.historyLink(id)).isFocused();
    }

    @Test
    void historyPage_isLiveToo() {
        UUID id = orders.add(TestOrders.draft("WEB-1", 0), OrderStatus.HANDLING);
        view.open("orders/" + id).live();

        orders.done(id, Step.PRINT_PACKING_SLIP, Step.CREATE_SHIPMENT);

        assertThat(view.page.locator("[data-outcome=SUCCEEDED]")).containsText("Print packing slip");
    }

    @Test
    void generateSelectHandle_reachesHandledWithoutReload() {
        view.open("").live().mark();

        view.generate(5);
        assertThat(view.message()).containsText("5 orders created.");
        assertThat(view.rows()).hasCount(5);

        view.selectAll();
        assertThat(view.page.getByText("5 selected")).isVisible();
        view.handle();
        assertThat(view.message()).containsText("Batch of 5 orders started");
        assertThat(view.page.getByText("None selected")).isVisible();
        assertThat(view.page.locator("td[data-status=HANDLED]"))
                .hasCount(5, new LocatorAssertions.HasCountOptions().setTimeout(30_000));

        view.page.getByTestId("history").first().click();
        assertThat(view.panel().locator("[data-outcome=SUCCEEDED]")).hasCount(PLAN.size());
        assertThat(view.marked()).isTrue();
    }

    @Test
    void partnerDown_showsABannerUntilItsOrdersContinue() {
        Partners.set("carrier", Map.of("down", true));
        view.open("").live().mark();
        List<UUID> ids = Api.post(8, Api.order()).stream().map(UUID::fromString).toList();

        assertThat(view.banner()).containsText("The carrier is down", seen());
        assertThat(view.banner()).containsText("8 orders are held", seen());
        assertThat(view.page.locator("td[data-status=DELAYED]")).hasCount(8);

        Partners.set("carrier", Map.of("down", false));
        assertThat(view.page.locator("td[data-status=HANDLED]"))
                .hasCount(8, new LocatorAssertions.HasCountOptions().setTimeout(OUTAGE_MS));
        ids.forEach(id -> view.shows(id, OrderStatus.HANDLED));
        assertThat(view.banner()).hasCount(0);
        assertThat(view.marked()).isTrue();
    }

    @Test
    void retryInThePanel_handlesTheFailedOrder() {
        UUID id = failedForReal();
        view.open("").live().mark();
        view.historyLink(id).click();

        view.panel().getByTestId("retry").click();

        assertThat(view.panel().locator(".flash")).containsText("will be retried");
        view.shows(id, OrderStatus.HANDLED);
        assertThat(view.panel().locator(".badge")).containsText("Handled");
        assertThat(view.panel().getByTestId("retry")).hasCount(0);
        assertThat(view.marked()).isTrue();
    }

    @Test
    void cancelInThePanel_asksForConfirmation_andStaysOpenDuringUpdates() {
        UUID id = orders.add(TestOrders.draft("WEB-1", 0), OrderStatus.RECEIVED);
        view.open("").live().mark();
        view.historyLink(id).click();

        view.panel().getByTestId("cancel").click();
        orders.stop(id, OrderStatus.FAILED, Step.CREATE_SHIPMENT, 1, Outcome.FAILED, "The address is unknown.", 400);
        assertThat(view.panel()).containsText("The address is unknown.");
        view.panel().getByTestId("cancel-confirm").click();

        assertThat(view.panel().locator(".flash")).containsText("Order WEB-1 is cancelled.");
        view.shows(id, OrderStatus.CANCELLED);
        assertThat(view.panel().locator(".badge")).containsText("Cancelled");
        assertThat(view.panel().getByTestId("cancel")).hasCount(0);
        assertThat(view.marked()).isTrue();
    }

    @Test
    void orderPage_retriesInPlaceAndShowsTheBanner() {
        UUID id = failedForReal();
        view.open("orders/" + id).live().mark();

        orders.down("marketplace");
        assertThat(view.banner()).containsText("The marketplace is down");
        view.page.getByTestId("cancel").click();
        view.page.getByTestId("cancel-confirm").click();

        assertThat(view.message()).containsText("is cancelled");
        assertThat(view.page.locator(".badge")).containsText("Cancelled");
        assertThat(view.marked()).isTrue();
    }

    @Test
    void javaScriptOff_retriesCancelsAndShowsOutages() {
        UUID failed = failedForReal();
        UUID received = orders.add(TestOrders.draft("WEB-1", 0), OrderStatus.RECEIVED);
        withoutJavaScript();

        view.open("").historyLink(received).click();
        assertThat(view.page.getByTestId("cancel-confirm")).not().isVisible();
        view.page.getByTestId("cancel").click();
        view.page.getByTestId("cancel-confirm").click();
        assertThat(view.message()).containsText("Order WEB-1 is cancelled.");
        assertThat(view.page.locator(".badge")).containsText("Cancelled");

        view.open("").historyLink(failed).click();
        view.page.getByTestId("retry").click();
        assertThat(view.message()).containsText("will be retried");
        await().until(() -> {
            view.page.reload();
            return view.page.locator(".badge").textContent().contains("Handled");
        });

        orders.down("carrier");
        view.open("");
        assertThat(view.banner()).containsText("The carrier is down since 2026-03-02 12:00 UTC.");
    }

    /** A browser without shared workers, whose requests can be aborted here. */
    @Test
    void lostConnection_isShownAndRecovers() {
        UUID id = orders.add(TestOrders.draft("WEB-1", 0), OrderStatus.QUEUED);
        view.page.addInitScript("delete window.SharedWorker");
        view.page.route("**/dashboard/events", Route::abort);
        view.open("");
        assertThat(view.staleBadge()).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(10_000));

        orders.become(id, OrderStatus.HANDLING, Step.PRINT_PACKING_SLIP);
        view.page.unroute("**/dashboard/events");

        view.shows(id, OrderStatus.HANDLING);
        assertThat(view.staleBadge()).not().isVisible();
        view.complaints.removeIf(complaint -> complaint.contains("ERR_FAILED")); // the connection aborted above
    }

    @Test
    void javaScriptOff_errorsArePages() {
        withoutJavaScript();
        view.open("nope");
        assertThat(view.page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Page not found")))
                .isVisible();
        view.page.getByText("Show all orders").click();
        assertThat(view.page.getByText("No orders yet")).isVisible();
        view.complaints.clear(); // about the 404
    }

    @Test
    void javaScriptOff_handlesOrders() {
        withoutJavaScript();
        view.open("");
        view.generate(5);
        assertThat(view.message()).containsText("5 orders created.");

        view.page.getByText("Select all on this page").click();
        view.handle();
        assertThat(view.message()).containsText("Batch of 5 orders started");
        assertThat(view.page.locator("td[data-status=RECEIVED]")).hasCount(0);

        view.page.reload();
        assertThat(view.message()).hasCount(0);
        view.page.getByTestId("history").first().click();
        assertThat(view.page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Handling"))).isVisible();
    }

    private static LocatorAssertions.ContainsTextOptions seen() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(OUTAGE_MS);
    }

    /** An order that the carrier has refused once and would accept now. */
    private static UUID failedForReal() {
        Partners.set("carrier", Map.of("failureRate", 1));
        UUID id = UUID.fromString(Api.post(Api.order()));
        Api.awaitStatus(id, "FAILED");
        Partners.wellBehaved();
        return id;
    }
}
