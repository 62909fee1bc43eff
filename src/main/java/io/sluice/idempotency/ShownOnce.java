package io.sluice.idempotency;

/** An answer with a secret that is kept nowhere: the answer to a repeated request does not have it. */
public interface ShownOnce {

    /** The answer without its secret. */
    Object withoutSecret();
}
