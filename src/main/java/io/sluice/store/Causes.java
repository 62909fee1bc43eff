package io.sluice.store;

/** Finds an exception among the causes of another. */
public final class Causes {

    /** A deeper chain is a loop. */
    private static final int MAX_DEPTH = 20;

    private Causes() {}

    /** The first exception of this type in the chain of causes; null if there is none. */
    public static <T extends Throwable> T find(Throwable e, Class<T> type) {
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
