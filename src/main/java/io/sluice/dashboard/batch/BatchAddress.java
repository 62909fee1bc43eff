package io.sluice.dashboard.batch;

import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.UUID;

import io.sluice.dashboard.InvalidAddressException;
import io.sluice.http.QueryParameters;
import io.sluice.order.OrderStatus;

/**
 * The part of a batch that its page shows, as encoded in the URL.
 *
 * @param statuses the status filter; empty for all
 * @param after    the last position of the previous page, or 0
 */
record BatchAddress(UUID id, Set<OrderStatus> statuses, int after) {

    /** @throws InvalidAddressException if a parameter is invalid */
    static BatchAddress of(UUID id, List<String> statuses, String after) {
        return InvalidAddressException.insteadOfProblem(() -> new BatchAddress(id,
                QueryParameters.constants("status", statuses, OrderStatus.class),
                QueryParameters.integer("after", after, 0, Integer.MAX_VALUE, 0)));
    }

    public boolean first() {
        return after == 0;
    }

    public BatchAddress toFirst() {
        return new BatchAddress(id, statuses, 0);
    }

    BatchAddress after(String position) {
        return new BatchAddress(id, statuses, Integer.parseInt(position));
    }

    BatchAddress of(Set<OrderStatus> wanted) {
        return new BatchAddress(id, wanted, 0);
    }

    public String href() {
        String path = "batches/" + id;
        StringJoiner query = new StringJoiner("&", path + "?", "").setEmptyValue(path);
        statuses.forEach(status -> query.add("status=" + status));
        if (after > 0) {
            query.add("after=" + after);
        }
        return query.toString();
    }
}
