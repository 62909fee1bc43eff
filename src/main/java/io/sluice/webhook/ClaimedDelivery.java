package io.sluice.webhook;

import java.util.UUID;

import io.sluice.store.DatabaseClock;
import io.sluice.stream.Position;

/**
 * A message that this process is to send.
 *
 * @param claim    fencing token: the result counts only while it is the latest
 * @param position its event in the log; null if it is a test
 * @param attempts tries so far
 * @param clock    the database's: endpoints compare the time of a message with their own
 */
record ClaimedDelivery(long id, UUID webhookId, int claim, String messageId, String type, Position position,
        int attempts, DatabaseClock clock) {}
