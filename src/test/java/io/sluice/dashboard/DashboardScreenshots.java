package io.sluice.dashboard;

import static io.restassured.RestAssured.given;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.order.OrderStatus;
import io.sluice.order.Outcome;
import io.sluice.order.Step;
import io.sluice.testing.SluiceServices;

/**
 * Takes screenshots of the dashboard: {@code ./mvnw test -Dtest=DashboardScreenshots -Dscreenshots=target/screenshots}.
 */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
@EnabledIfSystemProperty(named = "screenshots", matches = ".+")
class DashboardScreenshots {
    private static final String SETTLED = "#live:not([hidden])";
    private static final String REFUSED = "The carrier does not deliver to this postal code; the address was probably"
            + " mistyped.";

    @TestHTTPResource("")
    String home;
    @Inject
    TestOrders orders;

    @Test
    void take() {
        orders.clear();
        try (Chromium chromium = Chromium.start()) {
            picture(chromium, "emptyTables", options(1440, 900), "", page -> {
            });
            picture(chromium, "emptyTables-dark-narrow", options(390, 844).setColorScheme(ColorScheme.DARK), "",
                    page -> {
                    });
            picture(chromium, "batches-emptyTables", options(1440, 900), "batches", page -> {
            });
            List<UUID> ids = fill();
            UUID batch = orders.batch(ids.subList(4, 70));
            picture(chromium, "dashboard", options(1440, 900), "", page -> {
                page.getByTestId("generate").hover();
                page.locator("input[name=orderId]").nth(0).check();
                page.locator("input[name=orderId]").nth(1).check();
                page.mouse().move(0, 0);
            });
            picture(chromium, "dark", options(1440, 900).setColorScheme(ColorScheme.DARK), "",
                    page -> page.locator("input[name=orderId]").nth(0).check());
            picture(chromium, "medium", options(1000, 800), "", page -> {
            });
            picture(chromium, "narrow", options(390, 844), "", page -> {
            });
            picture(chromium, "narrow-dark", options(360, 780).setColorScheme(ColorScheme.DARK), "?status=FAILED",
                    page -> {
                    });
            picture(chromium, "scrolled", options(1440, 900), "", page -> page.mouse().wheel(0, 900));
            picture(chromium, "failing", options(1440, 900), "?status=FAILED&status=DELAYED", page -> {
            });
            picture(chromium, "message", options(1440, 900), "", page -> {
                page.locator("input[name=orderId]").nth(0).check();
                orders.become(UUID.fromString(page.locator("input[name=orderId]").nth(0).inputValue()),
                        OrderStatus.QUEUED, null);
                page.getByTestId("generate").click();
                page.locator(".flash").waitFor();
            });
            for (int width : List.of(1440, 390)) {
                picture(chromium, "selected-elsewhere-" + width, options(width, 844), "", page -> {
                    page.locator("input[name=orderId]").nth(0).check();
                    page.locator("input[name=orderId]").nth(1).check();
                    page.navigate(home + "?q=nothing");
                    page.waitForSelector(SETTLED);
                });
                picture(chromium, "new-orders-wait-" + width, options(width, 844), "?channel=webshop", page -> {
                    UUID first = orders.add(TestOrders.draft("WAITING-1-" + width, -1), OrderStatus.RECEIVED);
                    page.locator("tr[data-order-id='" + first + "'] input").check();
                    orders.add(TestOrders.draft("WAITING-2-" + width, -2), OrderStatus.RECEIVED);
                    page.locator("#arrived").waitFor();
                });
                picture(chromium, "options-" + width, options(width, 844), "",
                        page -> page.getByTestId("choices").click());
                picture(chromium, "request-fails-" + width, options(width, 844), "", page -> {
                    page.route("**/dashboard/demo-orders", Route::abort);
                    page.getByTestId("generate").click();
                    page.locator(".flash").waitFor();
                });
                page(chromium, "error-" + width, options(width, 844), "nope");
            }
            picture(chromium, "preview-failed", options(1280, 900), "batches", page -> {
                page.navigate(home + "batches/preview");
                page.locator("#preview").waitFor();
            });
            picture(chromium, "stale", options(1440, 900), "", page -> page.evaluate(
                    "document.getElementById('stale').hidden = false, document.getElementById('live').hidden = true"));
            for (String suffix : List.of("", "-narrow")) {
                picture(chromium, "history" + suffix, suffix.isEmpty() ? options(1440, 900) : options(390, 844), "",
                        page -> {
                            open(page, ids.get(2));
                        });
            }
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                String suffix = "-" + scheme.name().toLowerCase(Locale.ROOT);
                picture(chromium, "batch" + suffix, options(1280, 900).setColorScheme(scheme), "batches/" + batch,
                        page -> page.getByTestId("abort").click());
                picture(chromium, "batch-narrow" + suffix, options(390, 844).setColorScheme(scheme),
                        "batches/" + batch + "?status=FAILED", page -> {
                        });
                picture(chromium, "matching" + suffix, options(1280, 900).setColorScheme(scheme), "", page -> {
                    page.getByTestId("select-all").check();
                    page.getByTestId("choices").click();
                });
            }
            picture(chromium, "batches", options(1280, 900), "batches", page -> {
            });
            outage(ids);
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                String suffix = "-" + scheme.name().toLowerCase(Locale.ROOT);
                picture(chromium, "outage" + suffix, options(1440, 900).setColorScheme(scheme), "", page -> {
                });
                picture(chromium, "outage-narrow" + suffix, options(390, 844).setColorScheme(scheme), "", page -> {
                });
                picture(chromium, "cancel" + suffix, options(1440, 900).setColorScheme(scheme), "",
                        page -> askToCancel(page, ids.get(2)));
                picture(chromium, "cancel-narrow" + suffix, options(390, 844).setColorScheme(scheme), "",
                        page -> askToCancel(page, ids.get(2)));
            }
            picture(chromium, "held", options(1440, 900), "", page -> open(page, ids.get(15)));
            picture(chromium, "not-voided", options(1440, 900), "", page -> open(page, ids.get(13)));
            picture(chromium, "cancelled", options(1440, 900), "", page -> {
                open(page, ids.get(15));
                page.getByTestId("cancel").click();
                page.getByTestId("cancel-confirm").click();
                page.locator("#panel .flash").waitFor();
            });
            picture(chromium, "history-page-dark", options(1100, 900).setColorScheme(ColorScheme.DARK),
                    "orders/" + ids.get(2), page -> {
                    });
        }
    }

    private static Browser.NewContextOptions options(int width, int height) {
        return new Browser.NewContextOptions().setViewportSize(width, height).setLocale("en-GB");
    }

    private void picture(Chromium chromium, String name, Browser.NewContextOptions options, String path,
            Consumer<Page> act) {
        try (DashboardView view = new DashboardView(chromium.browser, home, options)) {
            Page page = view.open(path).page;
            page.waitForSelector(SETTLED);
            page.waitForLoadState();
            act.accept(page);
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(Path.of(System.getProperty("screenshots"), name + ".png")));
        }
    }

    private void page(Chromium chromium, String name, Browser.NewContextOptions options, String path) {
        try (DashboardView view = new DashboardView(chromium.browser, home, options)) {
            view.open(path).page.screenshot(new Page.ScreenshotOptions()
                    .setPath(Path.of(System.getProperty("screenshots"), name + ".png")));
        }
    }

    private static void open(Page page, UUID id) {
        page.locator("tr[data-order-id='" + id + "']").getByTestId("history").click();
        page.locator("#panel[open] .attempts").waitFor();
    }

    private static void askToCancel(Page page, UUID id) {
        open(page, id);
        page.getByTestId("cancel").click();
    }

    /** The carrier is down, orders are held, and voiding a shipment has failed. */
    private void outage(List<UUID> ids) {
        orders.down("carrier");
        for (int i = 15; i < 20; i++) {
            orders.stop(ids.get(i), OrderStatus.DELAYED, Step.CREATE_SHIPMENT, 1, Outcome.UNKNOWN,
                    "The carrier did not answer within 5 s; it is asked before anything is sent again.", null);
            orders.hold(ids.get(i), Step.CREATE_SHIPMENT);
        }
        orders.become(ids.get(13), OrderStatus.CANCELLED, Step.VOID_SHIPMENT);
        orders.stop(ids.get(13), OrderStatus.CANCELLED, Step.VOID_SHIPMENT, 1, Outcome.FAILED,
                "The carrier does not void this shipment: it is on its way already.", 409);
    }

    /** Creates demo orders in every status. */
    private List<UUID> fill() {
        List<UUID> ids = given().contentType("application/json")
                .body("{\"count\": 70, \"seed\": 9}")
                .post("/api/demo/orders")
                .jsonPath()
                .getList("orderIds", UUID.class);
        for (int i = 4; i < ids.size(); i++) {
            orders.become(ids.get(i), OrderStatus.QUEUED, null);
            if (i >= 6) {
                orders.become(ids.get(i), OrderStatus.HANDLING, Step.PRINT_PACKING_SLIP);
            }
            if (i >= 9) {
                handle(ids.get(i), i);
            }
        }
        fail(ids.get(2));
        orders.become(ids.get(12), OrderStatus.CANCELLED, null);
        return ids;
    }

    private void handle(UUID id, int i) {
        orders.done(id, Step.PRINT_PACKING_SLIP, Step.CREATE_SHIPMENT);
        if (i == 10 || i == 33) {
            orders.stop(id, OrderStatus.DELAYED, Step.CREATE_SHIPMENT, 2, Outcome.UNKNOWN,
                    "The carrier did not answer within 5 s; asked again in 8 s.", null);
        } else if (i == 14 || i == 29) {
            orders.stop(id, OrderStatus.FAILED, Step.CREATE_SHIPMENT, 1, Outcome.FAILED, REFUSED, 400);
        } else if (i > 9) {
            orders.done(id, Step.CREATE_SHIPMENT, Step.SEND_TRACKING);
            if (i > 11) {
                orders.done(id, Step.SEND_TRACKING, Step.MARK_SHIPPED);
                orders.done(id, Step.MARK_SHIPPED, null);
            }
        }
    }

    private void fail(UUID id) {
        orders.become(id, OrderStatus.HANDLING, Step.PRINT_PACKING_SLIP);
        orders.done(id, Step.PRINT_PACKING_SLIP, Step.CREATE_SHIPMENT);
        orders.stop(id, OrderStatus.DELAYED, Step.CREATE_SHIPMENT, 1, Outcome.UNKNOWN,
                "The carrier did not answer within 5 s; it may or may not have happened.", null);
        orders.stop(id, OrderStatus.DELAYED, Step.CREATE_SHIPMENT, 2, Outcome.FAILED,
                "The carrier is out of order: database is being restored.", 503);
        orders.stop(id, OrderStatus.FAILED, Step.CREATE_SHIPMENT, 3, Outcome.FAILED, REFUSED, 400);
    }
}
