package io.sluice.dashboard;

import java.util.List;

import org.jboss.resteasy.reactive.RestQuery;

import io.sluice.http.ProblemException;

/** The query parameters of a page of the table, as they came. */
public class TableQuery {
    @RestQuery
    List<String> status;
    @RestQuery
    String channel;
    @RestQuery
    String q;
    @RestQuery
    String cursor;
    /** {@code true} for the rows of the page, {@code matching} for whatever fits the filter. */
    @RestQuery
    String selectAll;

    /** @throws UnreadableAddress naming what does not fit */
    TableAddress address() {
        try {
            return new TableAddress(io.sluice.query.TableQuery.filter(status, channel, q),
                    io.sluice.query.TableQuery.cursor(cursor));
        } catch (ProblemException unreadable) {
            throw new UnreadableAddress(unreadable.getMessage());
        }
    }

    boolean selectsPage() {
        return selectAll != null && (selectAll.equals("true") || selectsMatching());
    }

    boolean selectsMatching() {
        return TableAddress.MATCHING.equals(selectAll);
    }
}
