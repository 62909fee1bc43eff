package io.sluice.dashboard;

/** The address of a page was made or mangled by hand; the message says what does not fit. */
class UnreadableAddress extends RuntimeException {

    UnreadableAddress(String message) {
        super(message);
    }
}
