package io.sluice.audit;

import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jboss.resteasy.reactive.RestQuery;

import io.sluice.http.ProblemException;
import io.sluice.http.QueryParameters;

/** The query parameters of the audit, in the API and on the dashboard. */
public class AuditQuery {
    @RestQuery
    String actor;
    @RestQuery
    String action;
    @RestQuery
    String subject;
    @RestQuery
    String from;
    @RestQuery
    String to;

    /**
     * @param others readers of further parameters
     * @throws ProblemException 422 that names every parameter that cannot be read
     */
    public AuditFilter filter(Runnable... others) {
        Stream<Runnable> own = Stream.of(() -> QueryParameters.text("actor", actor), this::actionOf,
                () -> QueryParameters.text("subject", subject), () -> moment("from", from), () -> moment("to", to));
        QueryParameters.readAll(Stream.concat(own, Arrays.stream(others)).toArray(Runnable[]::new));
        Instant begin = moment("from", from);
        Instant end = moment("to", to);
        if (begin != null && end != null && !begin.isBefore(end)) {
            throw ProblemException.invalidParameter("to", "'to' must be later than 'from'.");
        }
        return new AuditFilter(QueryParameters.text("actor", actor), actionOf(),
                QueryParameters.text("subject", subject), begin, end);
    }

    /** A date and time; null if absent or blank. */
    protected Instant moment(String name, String value) {
        return QueryParameters.instant(name, value);
    }

    private AuditAction actionOf() {
        String id = QueryParameters.text("action", action);
        return id == null
                ? null
                : AuditAction.of(id)
                        .orElseThrow(() -> ProblemException.invalidParameter("action",
                                "The parameter 'action' must be one of " + Arrays.stream(AuditAction.values())
                                        .map(AuditAction::id)
                                        .collect(Collectors.joining(", ")) + "."));
    }

    /** Where the previous page ended; null for the first page. */
    public static AuditCursor cursor(String value) {
        return QueryParameters.cursor(value, AuditCursor::decode);
    }
}
