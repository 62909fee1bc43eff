package io.sluice.http;

import java.util.UUID;

import org.jboss.logging.Logger;

import io.sluice.order.IllegalTransitionException;
import io.sluice.store.Causes;
import io.sluice.store.DatabaseFailures;
import io.sluice.store.DatabaseOutageException;
import io.vertx.ext.web.RoutingContext;

/** What clients are told about a failure of our own code. */
public final class FailureProblems {
    private static final Logger LOG = Logger.getLogger(FailureProblems.class);
    private static final int DATABASE_RETRY_SECONDS = 5;

    private FailureProblems() {}

    /** Describes a failure to the client. An unexpected failure is logged as an {@link #incident}. */
    public static ProblemException of(Throwable failure, RoutingContext request) {
        ProblemException known = Causes.find(failure, ProblemException.class);
        if (known != null) {
            return known;
        }
        IllegalTransitionException illegal = Causes.find(failure, IllegalTransitionException.class);
        if (illegal != null) {
            return ProblemException.conflict(illegal.getMessage());
        }
        if (Causes.find(failure, DatabaseOutageException.class) != null) {
            return databaseUnavailable();
        }
        if (DatabaseFailures.unavailable(failure)) {
            DatabaseFailures.log(LOG, failure, "%s %s: the database is unavailable (%s; request %s)",
                    request.request().method(), request.request().path(), failure, RequestId.of(request));
            return databaseUnavailable();
        }
        return incident(failure, request);
    }

    private static ProblemException databaseUnavailable() {
        return ProblemException
                .of(ProblemType.DATABASE_UNAVAILABLE, "The database cannot be used at the moment. Try again.")
                .retryAfter(DATABASE_RETRY_SECONDS);
    }

    /** Logs the failure under an incident number; the client sees only the number. */
    static ProblemException incident(Throwable failure, RoutingContext request) {
        return incident(failure, "%s %s failed (request %s)".formatted(request.request().method(),
                request.request().path(), RequestId.of(request)));
    }

    /**
     * Like {@link #incident(Throwable, RoutingContext)}, for what is no request.
     *
     * @param what failed, as a sentence without its full stop
     */
    public static ProblemException incident(Throwable failure, String what) {
        String incident = UUID.randomUUID().toString();
        LOG.errorf(failure, "Incident %s: %s", incident, what);
        return ProblemException.of(ProblemType.INTERNAL_ERROR,
                "Something unexpected went wrong. Give incident " + incident
                        + " to the operator of this service, who can find it in the log.");
    }
}
