package io.sluice.http;

/** Looks through the exceptions that libraries wrap around one another. */
final class Causes {

    /** Deeper chains are loops. */
    private static final int MAX_DEPTH = 20;

    private Causes() {}

    /** The first exception of that type in the chain of causes, or null. */
    static <T extends Throwable> T find(Throwable e, Class<T> type) {
        Throwable cause = e;
        for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
            cause = cause.getCause();
        }
        return null;
    }
}
