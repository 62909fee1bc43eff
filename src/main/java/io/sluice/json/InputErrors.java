package io.sluice.json;

import java.util.ArrayList;
import java.util.List;

/** All errors of one input, so that one answer names all of them. */
final class InputErrors {

    /** Further errors are counted, not listed. */
    static final int MAX_LISTED = 100;

    private List<InputError> listed = List.of();
    private int unlisted;

    /** @param pointer JSON Pointer to the faulty value */
    void add(String pointer, String detail) {
        if (listed.isEmpty()) {
            listed = new ArrayList<>();
        }
        if (!full()) {
            listed.add(InputError.at(pointer, detail));
        } else {
            unlisted++;
        }
    }

    /** Whether further errors are only counted, so that their wording does not matter. */
    boolean full() {
        return listed.size() >= MAX_LISTED;
    }

    /** @throws InputException with all errors, if there are any */
    void throwIfAny() {
        if (listed.isEmpty()) {
            return;
        }
        if (unlisted > 0) {
            listed.add(InputError.at("", "There are " + unlisted + " further errors."));
        }
        throw InputException.invalid(listed);
    }
}
