package io.sluice.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;

import io.quarkus.test.junit.QuarkusTest;
import io.sluice.order.OrderStatus;
import io.sluice.testing.Api;
import io.sluice.testing.Partners;

/** Tests batches in a real browser. */
@QuarkusTest
class BatchBrowserTest extends BrowserTest {
    private static final double A_BATCH_MS = 180_000;

    @Test
    void selectAllMatching_coversAllPagesAndStartsABatch() {
        fill(60);
        UUID other = orders.add(TestOrders.draft("OTHER", 99, "Grace Hopper", "EUR", "1", "DE"), OrderStatus.RECEIVED);
        view.open("?q=Lovelace").live();

        view.selectAll();
        assertThat(view.page.getByText("All 50 orders on this page are selected.")).isVisible();
        view.page.getByTestId("select-all-matching").click();
        assertThat(view.page.getByText("All 60 matching orders are selected.")).isVisible();
        view.handle();
        assertThat(view.page.locator(".verdict")).containsText("60 orders will be handled");
        button("Handle 60 orders").click();

        assertThat(view.progress()).containsText("60 orders · 60 done", seen());
        assertThat(view.page.locator("#batch .badge")).hasText("Completed");
        assertThat(Api.get(other).extract().<String>path("status")).isEqualTo("RECEIVED");
    }

    @Test
    void selectAllMatching_endsWhenARowIsDeselected() {
        List<UUID> ids = fill(60);
        view.open("").live();
        view.selectAll();
        view.page.getByTestId("select-all-matching").click();
        assertThat(view.page.getByText("All 60 matching orders are selected.")).isVisible();

        view.checkbox(ids.get(0)).uncheck();
        assertThat(view.page.getByText("49 selected")).isVisible();

        view.selectAll();
        view.page.getByTestId("select-all-matching").click();
        view.page.getByText("Clear selection").click();
        assertThat(view.page.getByText("None selected")).isVisible();
        assertThat(view.page.getByTestId("handle")).isDisabled();
    }

    @Test
    void keyboardOnly_setsOptionsAndStartsABatch() {
        fill(3);
        view.open("").live().mark();
        view.page.getByTestId("select-all").focus();
        press("Space");
        view.page.getByTestId("choices").focus();
        press("Enter");
        assertThat(view.page.getByLabel("Bottom-up")).isVisible();
        press("Tab");
        press("ArrowDown");
        press("Tab");
        press("ArrowDown");
        press("Enter");

        assertThat(view.message()).containsText("Batch of 3 orders started, bottom-up.");
        assertThat(view.page.getByLabel("Bottom-up")).not().isVisible();
        assertThat(given().get("/api/batches?limit=1").<String>path("items[0].printOrder")).isEqualTo("reversed");
        assertThat(given().get("/api/batches?limit=1").<String>path("items[0].onFailure")).isEqualTo("wait");
        assertThat(view.marked()).isTrue();
    }

    @Test
    void progress_updatesWithoutReload() {
        slowly(300);
        fill(20);
        view.open("").live().mark();
        assertThat(view.progress()).hasCount(0);

        view.selectAll();
        view.handle();

        assertThat(view.progress()).hasAttribute("aria-valuemax", "20");
        assertThat(view.progress()).hasAttribute("aria-valuenow", Pattern.compile("^([1-9]|1\\d)$"), seenAttribute());
        assertThat(view.progress()).containsText("left");
        assertThat(view.progress()).hasAttribute("aria-valuenow", "20", seenAttribute());
        assertThat(view.page.locator(".batch .badge")).hasText("Completed", seenText());
        assertThat(view.marked()).isTrue();
    }

    @Test
    void batchPage_updatesWithoutReload() {
        slowly(100);
        String batch = Api.batch(fill(12)).create();
        view.open("batches/" + batch).live().mark();

        assertThat(view.page.locator("[data-item] [data-status=HANDLED]"))
                .hasCount(12, new LocatorAssertions.HasCountOptions().setTimeout(A_BATCH_MS));
        assertThat(view.page.getByText("Finished")).isVisible();
        assertThat(view.marked()).isTrue();
    }

    @Test
    void abort_asksForConfirmation_andStaysOpenDuringUpdates() {
        slowly(200);
        fill(60);
        view.open("").live().mark();
        view.selectAll();
        view.handle();

        view.page.getByTestId("abort").click();
        Locator yes = view.page.getByTestId("abort-confirm");
        yes.focus();
        String before = view.progress().getAttribute("aria-valuenow");
        assertThat(view.progress()).not().hasAttribute("aria-valuenow", before, seenAttribute());
        assertThat(yes).isFocused();
        press("Enter");

        assertThat(view.message()).containsText("Batch aborted.");
        assertThat(view.page.locator(".batch .badge")).hasText("Aborted", seenText());
        assertThat(view.progress()).containsText("not handled");
        assertThat(view.page.getByTestId("abort")).hasCount(0);
        assertThat(view.marked()).isTrue();
    }

    @Test
    void failedOrders_areRetriedInPlace() {
        Partners.set("marketplace", Map.of("failureRate", 1));
        String batch = Api.batch(fill(5)).create();
        view.open("batches/" + batch).live().mark();
        assertThat(view.page.locator("[data-item] [data-status=FAILED]"))
                .hasCount(5, new LocatorAssertions.HasCountOptions().setTimeout(A_BATCH_MS));
        Partners.wellBehaved();

        view.page.getByTestId("retry-failed").click();

        assertThat(view.message()).containsText("5 orders will be retried");
        assertThat(view.progress()).containsText("5 orders · 5 done", seen());
        assertThat(view.page.getByTestId("retry-failed")).hasCount(0);
        assertThat(view.marked()).isTrue();
    }

    @Test
    void list_updatesWithoutReload() {
        view.open("batches").live().mark();
        assertThat(view.page.getByText("No batches yet")).isVisible();

        Api.batch(fill(2)).create();

        assertThat(view.page.locator("#batch-list .badge")).hasText("Completed", seenText());
        assertThat(view.marked()).isTrue();
    }

    @Test
    void javaScriptOff_startsABatchOfAllMatchingOrders() {
        fill(60);
        view.close();
        view = view(home,
                new Browser.NewContextOptions().setJavaScriptEnabled(false));
        view.open("");
        view.page.getByText("Select all on this page").click();
        view.page.getByTestId("select-all-matching").click();
        view.handle();
        view.page.getByLabel("Any order").check();
        button("Handle 60 orders").click();

        assertThat(view.message()).containsText("Batch of 60 orders started.");
        await().atMost(Duration.ofMinutes(3)).until(() -> {
            view.page.reload();
            return view.progress().textContent().contains("60 done");
        });
        view.page.getByText("Batches").click();
        assertThat(view.progress()).containsText("60 orders · 60 done");
    }

    private List<UUID> fill(int count) {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(orders.add(TestOrders.draft("N" + i, i), OrderStatus.RECEIVED));
        }
        return ids;
    }

    private static void slowly(int millis) {
        List.of("carrier", "printer", "marketplace")
                .forEach(partner -> Partners.set(partner, Map.of("latencyMs", millis)));
    }

    private Locator button(String name) {
        return view.page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    private void press(String key) {
        view.page.keyboard().press(key);
    }

    private static LocatorAssertions.ContainsTextOptions seen() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(A_BATCH_MS);
    }

    private static LocatorAssertions.HasTextOptions seenText() {
        return new LocatorAssertions.HasTextOptions().setTimeout(A_BATCH_MS);
    }

    private static LocatorAssertions.HasAttributeOptions seenAttribute() {
        return new LocatorAssertions.HasAttributeOptions().setTimeout(A_BATCH_MS);
    }
}
