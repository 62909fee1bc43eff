package io.sluice.simulator;

import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A valid request to a partner to do something.
 *
 * @param idempotencyKey names the request; repeated with every try of it
 * @param effect what is to be done; asked once the latency is over, if nothing speaks against it
 * @param sameRequest whether the effect that the key already stands for is what is asked for here
 * @param answer the answer's body, for a new effect and for a repeated one
 * @param successStatus status code when the effect is new; a repetition is always 200
 */
record EffectCall<E extends Effect>(String idempotencyKey, Supplier<E> effect, Predicate<E> sameRequest,
        Function<E, ObjectNode> answer, int successStatus) {}
