package io.sluice.schema;

/** This version of Sluice must not use the tables of the database. The message is one line that says why. */
public final class SchemaException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SchemaException(String message) {
        super(message);
    }
}
