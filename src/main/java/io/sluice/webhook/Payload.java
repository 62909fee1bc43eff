package io.sluice.webhook;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonRawValue;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * The body of a message (Standard Webhooks, "Payload structure").
 *
 * @param data as in the event stream; JSON
 */
@RegisterForReflection
record Payload(String type, Instant timestamp, @JsonRawValue String data) {}
