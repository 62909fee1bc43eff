package io.sluice.batch;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;

import io.sluice.web.InputErrors;
import io.sluice.web.InputObject;
import io.sluice.web.ProblemException;

/** What a client asks for: these orders, their slips in this sequence. */
record BatchRequest(List<UUID> orderIds) {
    private static final int MAX_ORDERS = 10_000;
    private static final int MAX_WORD = 40;

    /** @throws ProblemException 400 or 422, with everything that is wrong */
    static BatchRequest read(byte[] json) {
        InputErrors errors = new InputErrors();
        InputObject request = InputObject.parse(json, errors);
        Set<UUID> orderIds = orderIds(request);
        onlyKnown(request, "printOrder", "as-listed");
        onlyKnown(request, "onFailure", "skip");
        request.rejectOtherFields();
        errors.throwIfAny();
        return new BatchRequest(List.copyOf(orderIds));
    }

    private static Set<UUID> orderIds(InputObject request) {
        Set<UUID> orderIds = new LinkedHashSet<>();
        int index = 0;
        for (JsonNode item : request.items("orderIds", 1, MAX_ORDERS)) {
            String at = "orderIds/" + index++;
            try {
                if (!orderIds.add(UUID.fromString(item.isTextual() ? item.textValue() : ""))) {
                    request.error(at, "This order is listed twice.");
                }
            } catch (IllegalArgumentException noId) {
                request.error(at, "This must be the id of an order.");
            }
        }
        return orderIds;
    }

    private static void onlyKnown(InputObject request, String name, String known) {
        String value = request.optionalText(name, MAX_WORD);
        if (value != null && !value.equals(known)) {
            request.error(name, "Of these, this version knows '" + known + "' only.");
        }
    }
}
