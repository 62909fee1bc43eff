package io.sluice.webhook;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonRawValue;

/**
 * The body of a message (Standard Webhooks, "Payload structure").
 *
 * @param data as in the event stream; JSON
 */
record Payload(String type, Instant timestamp, @JsonRawValue String data) {}
