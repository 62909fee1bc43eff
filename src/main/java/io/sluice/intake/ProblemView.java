package io.sluice.intake;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;

import io.sluice.json.InputError;

/**
 * A fetched order that needs a person.
 *
 * @param externalId null if it has none that can be used; then it cannot be fetched again
 * @param orderId    the order of this number in Sluice, or null
 * @param errors     what is wrong with it
 * @param order      as it was fetched, as far as it could be read; null if it is too long to be kept
 * @param retryAt    when it is fetched again; null if that is not intended
 */
public record ProblemView(long id, String channel, String externalId, UUID orderId, List<InputError> errors,
        JsonNode order, Instant seenAt, Instant retryAt) {}
