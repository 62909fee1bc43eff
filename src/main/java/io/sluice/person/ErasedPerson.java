package io.sluice.person;

import java.util.List;
import java.util.UUID;

/**
 * What came of erasing a person.
 *
 * @param erased        orders that do not name the person any more
 * @param underway      orders that have not ended, and still name the person
 * @param fetchedOrders how many orders with a problem, as they were fetched from a marketplace, were forgotten
 * @param more          whether there may be more orders; the same request goes on with them
 */
public record ErasedPerson(List<UUID> erased, List<UUID> underway, int fetchedOrders, boolean more) {}
