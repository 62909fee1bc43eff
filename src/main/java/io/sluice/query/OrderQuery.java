package io.sluice.query;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.jboss.resteasy.reactive.RestQuery;

import io.sluice.address.Countries;
import io.sluice.http.ProblemException;
import io.sluice.http.QueryParameters;
import io.sluice.order.OrderStatus;
import io.sluice.order.Step;
import io.sluice.store.OrderFilter;
import io.sluice.store.PageCursor;
import io.sluice.stream.Position;

/**
 * The query parameters of the table of orders, in the API and on the dashboard. Each method throws a
 * {@link ProblemException} (422) that names the parameter it cannot read.
 */
public class OrderQuery {
    @RestQuery
    List<String> status;
    @RestQuery
    String channel;
    @RestQuery
    String q;
    @RestQuery
    String step;
    @RestQuery
    String cause;
    @RestQuery
    String country;
    @RestQuery
    String placedFrom;
    @RestQuery
    String placedTo;
    @RestQuery
    String cursor;
    @RestQuery
    String limit;
    @RestQuery
    String updatedSince;

    public OrderFilter filter() {
        QueryParameters.readAll(this::statuses, () -> QueryParameters.text("channel", channel),
                () -> QueryParameters.text("q", q), this::stepOf, () -> QueryParameters.text("cause", cause),
                this::countryOf, () -> moment("placedFrom", placedFrom), () -> moment("placedTo", placedTo));
        Instant from = moment("placedFrom", placedFrom);
        Instant to = moment("placedTo", placedTo);
        if (from != null && to != null && !from.isBefore(to)) {
            throw ProblemException.invalidParameter("placedTo", "'placedTo' must be later than 'placedFrom'.");
        }
        return new OrderFilter(statuses(),
                QueryParameters.text("channel", channel), QueryParameters.text("q", q), stepOf(),
                QueryParameters.text("cause", cause), countryOf(), from, to);
    }

    /** A date and time; null if absent or blank. */
    protected Instant moment(String name, String value) {
        return QueryParameters.instant(name, value);
    }

    private Set<OrderStatus> statuses() {
        return QueryParameters.constants("status", status, OrderStatus.class);
    }

    private Step stepOf() {
        String name = QueryParameters.text("step", step);
        try {
            return Step.ofNullable(name);
        } catch (IllegalArgumentException unknown) {
            throw ProblemException.invalidParameter("step",
                    "The parameter 'step' must be one of " + Step.names() + ".");
        }
    }

    private String countryOf() {
        String code = QueryParameters.text("country", country);
        String capitals = code == null ? null : code.toUpperCase(Locale.ROOT);
        if (capitals != null && !Countries.isCode(capitals)) {
            throw ProblemException.invalidParameter("country",
                    "The parameter 'country' must be an ISO 3166-1 alpha-2 country code, for example DE.");
        }
        return capitals;
    }

    /** Where the previous page ended; null for the first page. */
    public String cursor() {
        PageCursor decoded = QueryParameters.cursor(cursor, PageCursor::decode);
        return decoded == null ? null : decoded.encode();
    }

    /** Asks for what has changed since then, instead of for the table; null for the table. */
    public Instant updatedSince() {
        Instant since = QueryParameters.instant("updatedSince", updatedSince);
        if (since != null && QueryParameters.text("q", q) != null) {
            throw ProblemException.invalidParameter("q", "The parameters 'q' and 'updatedSince' exclude each other.");
        }
        return since;
    }

    boolean asksForChanges() {
        return QueryParameters.text("updatedSince", updatedSince) != null;
    }

    /** Where the previous page of changes ended; null for the first page. */
    public Position position() {
        return QueryParameters.cursor(cursor, Position::parse);
    }

    /** Rows of the page. */
    public int limit() {
        return QueryParameters.limit(limit);
    }
}
