package io.sluice.idempotency;

/** An answer of which something is not kept: a secret, or what names a person. The answer to a repeated request lacks it. */
public interface NotAllKept {

    /** What is kept of the answer. */
    Object kept();
}
