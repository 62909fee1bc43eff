package io.sluice.json;

import java.util.List;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;

/** JSON that cannot be accepted. The message is one sentence about all of it. */
public class InputException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean malformed;
    private final transient List<InputError> errors;

    private InputException(boolean malformed, String detail, List<InputError> errors) {
        // Expected: a stack trace would cost more than the rest of the answer.
        super(detail, null, false, false);
        this.malformed = malformed;
        this.errors = List.copyOf(errors);
    }

    /** This is not well-formed JSON; the message says where. */
    public static InputException malformed(JsonProcessingException cause) {
        JsonLocation at = cause.getLocation();
        if (at == null || at.getLineNr() < 1) {
            return malformed("This is not well-formed JSON.");
        }
        // A stream of orders is read line by line. There, the number would always be 1, which misleads.
        String line = at.getLineNr() == 1 ? "" : "line " + at.getLineNr() + ", ";
        return malformed("This is not well-formed JSON: see " + line + "column " + at.getColumnNr() + ".");
    }

    /** This is not JSON. */
    static InputException malformed(String detail) {
        return new InputException(true, detail, List.of());
    }

    /** This is JSON, but not as a whole what is expected. */
    static InputException invalid(String detail) {
        return new InputException(false, detail, List.of());
    }

    /** This is JSON, but parts of it are wrong. */
    static InputException invalid(List<InputError> errors) {
        String detail = errors.size() == 1 ? errors.get(0).detail() : "There are " + errors.size() + " errors.";
        return new InputException(false, detail, errors);
    }

    /** Whether the input is not even JSON. */
    public boolean malformed() {
        return malformed;
    }

    /** The parts that are wrong; empty if the message says it all. */
    public List<InputError> errors() {
        return errors;
    }
}
