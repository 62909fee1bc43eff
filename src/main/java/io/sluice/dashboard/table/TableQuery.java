package io.sluice.dashboard.table;

import java.time.Instant;

import org.jboss.resteasy.reactive.RestQuery;

import io.sluice.dashboard.InvalidAddressException;
import io.sluice.dashboard.UtcField;
import io.sluice.query.OrderQuery;

/** The query parameters of the table page, not yet validated. */
public class TableQuery extends OrderQuery {
    /** {@code true} for the rows of the page, {@code matching} for all matching orders. */
    @RestQuery
    String selectAll;

    @Override
    protected Instant moment(String name, String value) {
        return super.moment(name, UtcField.withZone(value));
    }

    /** @throws InvalidAddressException if a parameter is invalid */
    TableAddress address() {
        return InvalidAddressException.insteadOfProblem(() -> new TableAddress(filter(), cursor()));
    }

    boolean selectsPage() {
        return selectAll != null && (selectAll.equals("true") || selectsMatching());
    }

    boolean selectsMatching() {
        return TableAddress.MATCHING.equals(selectAll);
    }
}
