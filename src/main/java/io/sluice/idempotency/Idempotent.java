package io.sluice.idempotency;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;

/**
 * On a resource method that returns a Uni: of several requests with the same {@code Idempotency-Key}, one has an effect,
 * and its answer is repeated for the others.
 */
@InterceptorBinding
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface Idempotent {

    /**
     * Whether the request may run again after its process died in the middle of it: only if a second time changes
     * nothing, whatever has happened since. Otherwise, later requests with this key are told that the outcome is not
     * known.
     */
    @Nonbinding
    boolean repeatable() default false;
}
