package io.sluice.store;

/** What stands between this process and PostgreSQL, by {@code sluice.database.pooler}. */
public enum Pooler {
    /** Each connection has a session of the server: PgBouncer with {@code pool_mode = session}. Found by itself. */
    SESSION,
    /** Each transaction may run in another session of the server: PgBouncer with {@code pool_mode = transaction}. */
    TRANSACTION;

    /**
     * Reads it by its name in the configuration.
     *
     * @throws IllegalArgumentException if there is no such pooler
     */
    public static Pooler of(String name) {
        return switch (name) {
            case "session" -> SESSION;
            case "transaction" -> TRANSACTION;
            default -> throw new IllegalArgumentException("it must be transaction or session");
        };
    }
}
