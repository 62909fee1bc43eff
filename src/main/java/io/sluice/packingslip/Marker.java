package io.sluice.packingslip;

import java.util.UUID;

/**
 * Stands in for the slip of an order that will not be packed, so that the gap in the pile explains itself.
 *
 * @param externalId the channel's own number, or null
 * @param status     of the order, as a person reads it
 * @param reason     one or more sentences, or null
 */
public record Marker(UUID orderId, String channel, String externalId, Place place, String status, String reason)
        implements
            Sheet {}
