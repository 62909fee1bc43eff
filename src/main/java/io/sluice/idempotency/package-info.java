/**
 * Requests with an {@code Idempotency-Key}: one effect, and the same answer to each of them. Orders record their keys in
 * the statement that stores them (package {@code accept}); all other operations do it by {@link Idempotent}.
 */
package io.sluice.idempotency;
