package io.sluice.dashboard.table;

import java.time.Instant;
import java.util.regex.Pattern;

import org.jboss.resteasy.reactive.RestQuery;

import io.sluice.dashboard.InvalidAddressException;
import io.sluice.query.OrderQuery;

/** The query parameters of the table page, not yet validated. */
public class TableQuery extends OrderQuery {
    private static final String MINUTES = "2026-01-31T09:30";
    private static final Pattern LOCAL = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?");

    /** {@code true} for the rows of the page, {@code matching} for all matching orders. */
    @RestQuery
    String selectAll;

    /** Fields for a date and time send it without a zone. They are labelled as UTC. */
    @Override
    protected Instant moment(String name, String value) {
        return super.moment(name, value == null || !LOCAL.matcher(value).matches()
                ? value
                : value + (value.length() == MINUTES.length() ? ":00Z" : "Z"));
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
