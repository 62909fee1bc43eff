package io.sluice.lookup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.sluice.order.OrderStatus;
import io.sluice.store.OrderFilter;
import io.sluice.web.InputError;
import io.sluice.web.ProblemException;

/** Reads the query parameters of the table of orders; the dashboard's are the same. */
public final class TableQuery {
    public static final int MAX_LIMIT = 200;
    private static final int MAX_TEXT = 200;

    private TableQuery() {}

    /** @throws ProblemException 422 naming the parameter that is wrong */
    public static OrderFilter filter(List<String> statuses, String channel, String text) {
        List<InputError> errors = new ArrayList<>();
        Set<OrderStatus> wanted = EnumSet.noneOf(OrderStatus.class);
        for (String status : statuses) {
            try {
                wanted.add(OrderStatus.valueOf(status));
            } catch (IllegalArgumentException unknown) {
                errors.add(new InputError("?status", "must be one of " + Arrays.toString(OrderStatus.values())));
            }
        }
        check("?channel", channel, errors);
        check("?q", text, errors);
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return new OrderFilter(wanted, blankToNull(channel), blankToNull(text));
    }

    /** @throws ProblemException 422 if it is no whole number from 1 to {@value #MAX_LIMIT} */
    public static int limit(String limit) {
        try {
            int rows = Integer.parseInt(limit);
            if (rows >= 1 && rows <= MAX_LIMIT) {
                return rows;
            }
        } catch (NumberFormatException notANumber) {
            // Said below, together with what is out of range.
        }
        throw ProblemException
                .invalid(List.of(new InputError("?limit", "must be a whole number from 1 to " + MAX_LIMIT)));
    }

    /** @throws ProblemException 422 if it is no cursor that a page has given out */
    public static String cursor(String cursor) {
        if (blankToNull(cursor) != null && !OrderFilter.knowsCursor(cursor)) {
            throw ProblemException.invalid(List.of(new InputError("?cursor", "is not one that a page has given out")));
        }
        return blankToNull(cursor);
    }

    private static void check(String name, String value, List<InputError> errors) {
        if (value != null && (value.length() > MAX_TEXT || value.indexOf('\0') >= 0)) {
            errors.add(new InputError(name, "must have at most " + MAX_TEXT + " characters, and none of them NUL"));
        }
    }

    private static String blankToNull(String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
