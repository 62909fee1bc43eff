package io.sluice.batch;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import io.sluice.address.Countries;
import io.sluice.http.JsonBody;
import io.sluice.http.ProblemException;
import io.sluice.json.InputObject;
import io.sluice.json.Timestamps;
import io.sluice.order.FailurePolicy;
import io.sluice.order.OrderStatus;
import io.sluice.order.PrintOrder;
import io.sluice.order.Step;
import io.sluice.store.OrderFilter;

/** Reads the requests that clients send. */
final class BatchReader {
    private static final int MAX_ORDERS = 10_000;
    private static final int MAX_TEXT = 200;

    private BatchReader() {}

    /**
     * @param printers the names of the printers
     * @throws ProblemException 400 or 422, with everything that is wrong
     */
    static BatchRequest read(byte[] json, List<String> printers) {
        return JsonBody.read(json, request -> read(request, printers));
    }

    private static BatchRequest read(InputObject request, List<String> printers) {
        List<UUID> orderIds = request.has("orderIds") || !request.has("filter")
                ? request.ids("orderIds", "order", 1, MAX_ORDERS)
                : null;
        OrderFilter filter = filter(request);
        if (orderIds != null && filter != null) {
            request.error("filter", "There are orderIds too; a batch is made of either.");
        }
        PrintOrder printOrder = request.optionalConstant("printOrder", PrintOrder.values(), PrintOrder::wireName);
        FailurePolicy onFailure = request.optionalConstant("onFailure", FailurePolicy.values(),
                FailurePolicy::wireName);
        String printer = request.textIfAny("printer", MAX_TEXT);
        if (printer != null && !printers.contains(printer)) {
            request.error("printer", "This must be the name of a printer: " + String.join(", ", printers) + ".");
        }
        request.rejectOtherFields();
        request.check();
        return new BatchRequest(orderIds, filter, printOrder == null ? PrintOrder.AS_LISTED : printOrder,
                onFailure == null ? FailurePolicy.SKIP : onFailure, printer);
    }

    private static OrderFilter filter(InputObject request) {
        InputObject filter = request.optionalObject("filter");
        if (filter == null) {
            return null;
        }
        OrderFilter wanted = new OrderFilter(
                filter.optionalConstants("status", OrderStatus.values(), OrderStatus::name),
                asked(filter, "channel"), asked(filter, "q"), step(filter), asked(filter, "cause"), country(filter),
                instant(filter, "placedFrom"), instant(filter, "placedTo"));
        if (wanted.placedFrom() != null && wanted.placedTo() != null
                && !wanted.placedFrom().isBefore(wanted.placedTo())) {
            filter.error("placedTo", "This must be later than 'placedFrom'.");
        }
        filter.rejectOtherFields();
        return wanted;
    }

    private static Step step(InputObject filter) {
        return asked(filter, "step") == null
                ? null
                : filter.optionalConstant("step", Step.values(), Step::wireName);
    }

    private static String country(InputObject filter) {
        String code = asked(filter, "country");
        String capitals = code == null ? null : code.toUpperCase(Locale.ROOT);
        if (capitals != null && !Countries.isCode(capitals)) {
            filter.error("country", "This must be an ISO 3166-1 alpha-2 country code, for example DE.");
        }
        return capitals;
    }

    private static Instant instant(InputObject filter, String name) {
        String text = asked(filter, name);
        Instant instant = text == null ? null : Timestamps.parse(text);
        if (text != null && instant == null) {
            filter.error(name, "This must be a date and time such as 2026-01-31T09:30:00Z.");
        }
        return instant;
    }

    /** Blank text is an error: an absent filter would mean all orders. */
    private static String asked(InputObject filter, String name) {
        return filter.optionalText(name, MAX_TEXT);
    }
}
