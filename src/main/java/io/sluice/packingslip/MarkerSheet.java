package io.sluice.packingslip;

import java.util.UUID;

/**
 * A sheet in place of the slip of an order that will not be packed. It explains the gap in the pile.
 *
 * @param externalId the order number of the channel, or null
 * @param status     the status of the order, as text
 * @param reason     one or more sentences, or null
 */
public record MarkerSheet(UUID orderId, String channel, String externalId, Place place, String status, String reason)
        implements
            Sheet {}
