package io.sluice.batch;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;

import io.sluice.http.JsonBody;
import io.sluice.http.ProblemException;
import io.sluice.json.InputObject;
import io.sluice.order.FailurePolicy;
import io.sluice.order.OrderStatus;
import io.sluice.order.PrintOrder;
import io.sluice.store.OrderFilter;

/** Reads the requests that clients send. */
final class BatchReader {
    static final int MAX_ORDERS = 10_000;
    private static final int ID_LENGTH = 36;
    private static final int MAX_WORD = 40;
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
        List<UUID> orderIds = request.has("orderIds") || !request.has("filter") ? orderIds(request) : null;
        OrderFilter filter = filter(request);
        if (orderIds != null && filter != null) {
            request.error("filter", "There are orderIds too; a batch is made of either.");
        }
        PrintOrder printOrder = constant(request, "printOrder", PrintOrder.values(), PrintOrder::wireName);
        FailurePolicy onFailure = constant(request, "onFailure", FailurePolicy.values(), FailurePolicy::wireName);
        String printer = printer(request, printers);
        request.rejectOtherFields();
        request.check();
        return new BatchRequest(orderIds, filter, printOrder, onFailure, printer);
    }

    private static List<UUID> orderIds(InputObject request) {
        Set<UUID> orderIds = new LinkedHashSet<>();
        int index = 0;
        for (JsonNode item : request.items("orderIds", 1, MAX_ORDERS)) {
            String at = "orderIds/" + index++;
            UUID id = id(item);
            if (id == null) {
                request.error(at, "This must be the id of an order.");
            } else if (!orderIds.add(id)) {
                request.error(at, "This order is listed twice.");
            }
        }
        return List.copyOf(orderIds);
    }

    private static UUID id(JsonNode item) {
        try {
            // Shorter ones are read too, with zeros put in.
            return item.isTextual() && item.textValue().length() == ID_LENGTH
                    ? UUID.fromString(item.textValue())
                    : null;
        } catch (IllegalArgumentException noId) {
            return null;
        }
    }

    private static OrderFilter filter(InputObject request) {
        InputObject filter = request.optionalObject("filter");
        if (filter == null) {
            return null;
        }
        OrderFilter wanted = new OrderFilter(statuses(filter), stripped(filter, "channel"), stripped(filter, "q"));
        filter.rejectOtherFields();
        return wanted;
    }

    private static String printer(InputObject request, List<String> printers) {
        String printer = stripped(request, "printer");
        if (printer != null && !printers.contains(printer)) {
            request.error("printer", "This must be the name of a printer: " + String.join(", ", printers) + ".");
        }
        return printer;
    }

    private static Set<OrderStatus> statuses(InputObject filter) {
        Set<OrderStatus> statuses = EnumSet.noneOf(OrderStatus.class);
        int index = 0;
        for (JsonNode item : filter.optionalItems("status", 1, OrderStatus.values().length)) {
            OrderStatus status = find(item.textValue(), OrderStatus.values(), OrderStatus::name);
            if (status == null) {
                filter.error("status/" + index, oneOf(OrderStatus.values(), OrderStatus::name));
            } else {
                statuses.add(status);
            }
            index++;
        }
        return statuses;
    }

    private static String stripped(InputObject filter, String name) {
        String text = filter.optionalText(name, MAX_TEXT);
        return text == null ? null : text.strip();
    }

    /** The first one if there is no such field. */
    private static <E> E constant(InputObject request, String name, E[] known, Function<E, String> nameOf) {
        String value = request.optionalText(name, MAX_WORD);
        if (value == null) {
            return known[0];
        }
        E constant = find(value, known, nameOf);
        if (constant == null) {
            request.error(name, oneOf(known, nameOf));
        }
        return constant;
    }

    private static <E> E find(String value, E[] known, Function<E, String> nameOf) {
        return Arrays.stream(known).filter(one -> nameOf.apply(one).equals(value)).findFirst().orElse(null);
    }

    private static <E> String oneOf(E[] known, Function<E, String> nameOf) {
        return "This must be one of " + Arrays.stream(known).map(nameOf).collect(Collectors.joining(", ")) + ".";
    }
}
