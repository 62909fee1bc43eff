package io.sluice.http;

import java.io.IOException;
import java.util.concurrent.TimeoutException;

import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;

import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;

/** What a failure of the login means for the client. The messages of these failures contain tokens: they are not shown. */
public final class LoginFailures {
    private static final int RETRY_AFTER_SECONDS = 5;

    private LoginFailures() {}

    /** Whether this is a failure of the login, and not a defect of this service. */
    public static boolean isOne(Throwable failure) {
        return failure instanceof AuthenticationFailedException
                || failure instanceof AuthenticationCompletionException
                || failure instanceof OIDCException;
    }

    /** 401, or 503 if the provider cannot be reached. */
    public static ProblemException problem(Throwable failure) {
        if (failure instanceof OIDCException || cause(failure, IOException.class) != null
                || cause(failure, TimeoutException.class) != null) {
            return ProblemException
                    .of(ProblemType.LOGIN_UNAVAILABLE,
                            "The login provider cannot be reached at the moment. Try again in a few seconds.")
                    .retryAfter(RETRY_AFTER_SECONDS);
        }
        InvalidJwtException invalid = cause(failure, InvalidJwtException.class);
        return ProblemException.unauthenticated(invalid == null ? message(failure) : detail(invalid));
    }

    private static String detail(InvalidJwtException invalid) {
        if (invalid.hasErrorCode(ErrorCodes.EXPIRED)) {
            return "The token has expired.";
        }
        if (invalid.hasErrorCode(ErrorCodes.AUDIENCE_INVALID) || invalid.hasErrorCode(ErrorCodes.AUDIENCE_MISSING)) {
            return "The token is for another audience (its claim \"aud\").";
        }
        if (invalid.hasErrorCode(ErrorCodes.ISSUER_INVALID) || invalid.hasErrorCode(ErrorCodes.ISSUER_MISSING)) {
            return "The token is from another issuer (its claim \"iss\").";
        }
        return "The token is not valid: the login provider has not signed it, or it is not complete.";
    }

    /** Our own mechanisms say what is wrong; the framework's do not. */
    private static String message(Throwable failure) {
        return failure.getClass() == AuthenticationFailedException.class && failure.getMessage() != null
                && failure.getCause() == null
                        ? failure.getMessage()
                        : "The token or session is not valid, or has ended.";
    }

    private static <T extends Throwable> T cause(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
