package io.sluice.dashboard.table;

import java.util.List;

import org.jboss.resteasy.reactive.RestQuery;

import io.sluice.dashboard.InvalidAddressException;
import io.sluice.http.ProblemException;

/** The query parameters of the table page, not yet validated. */
public class TableQuery {
    @RestQuery
    List<String> status;
    @RestQuery
    String channel;
    @RestQuery
    String q;
    @RestQuery
    String cursor;
    /** {@code true} for the rows of the page, {@code matching} for all matching orders. */
    @RestQuery
    String selectAll;

    /** @throws InvalidAddressException if a parameter is invalid */
    TableAddress address() {
        try {
            return new TableAddress(io.sluice.query.TableQuery.filter(status, channel, q),
                    io.sluice.query.TableQuery.cursor(cursor));
        } catch (ProblemException unreadable) {
            throw new InvalidAddressException(unreadable.getMessage());
        }
    }

    boolean selectsPage() {
        return selectAll != null && (selectAll.equals("true") || selectsMatching());
    }

    boolean selectsMatching() {
        return TableAddress.MATCHING.equals(selectAll);
    }
}
