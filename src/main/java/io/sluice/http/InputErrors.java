package io.sluice.http;

import java.util.ArrayList;
import java.util.List;

/** Collects everything that is wrong with an input, so that its sender need not find out one error at a time. */
public final class InputErrors {

    /** More are counted but not listed. */
    static final int MAX_LISTED = 100;

    private List<InputError> listed = List.of();
    private int unlisted;

    /** @param pointer JSON Pointer to the faulty value */
    public void add(String pointer, String detail) {
        if (listed.isEmpty()) {
            listed = new ArrayList<>();
        }
        if (!full()) {
            listed.add(InputError.at(pointer, detail));
        } else {
            unlisted++;
        }
    }

    /** Whether what is added from now on is only counted, so that its wording is not worth any effort. */
    boolean full() {
        return listed.size() >= MAX_LISTED;
    }

    public boolean isEmpty() {
        return listed.isEmpty();
    }

    /** @throws ProblemException (422) with all of them, if there are any */
    public void throwIfAny() {
        if (listed.isEmpty()) {
            return;
        }
        if (unlisted > 0) {
            listed.add(InputError.at("", "There are " + unlisted + " further errors."));
        }
        throw ProblemException.invalid(listed);
    }
}
