package io.sluice.dashboard;

import org.jboss.resteasy.reactive.RestQuery;

import io.sluice.query.OrderQuery;

/** The query parameters of a page of the table. */
public class TableQuery extends OrderQuery {
    /** {@code true} for the rows of the page, {@code matching} for every order that matches the filter. */
    @RestQuery
    String selectAll;

    /** @throws UnreadableAddress naming what cannot be read */
    TableAddress address() {
        return UnreadableAddress.unless(() -> new TableAddress(filter(), cursor()));
    }

    boolean selectsPage() {
        return selectAll != null && (selectAll.equals("true") || selectsMatching());
    }

    boolean selectsMatching() {
        return TableAddress.MATCHING.equals(selectAll);
    }
}
