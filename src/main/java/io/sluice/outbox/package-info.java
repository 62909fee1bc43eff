/**
 * Second station: sees that every message written with an order reaches the broker, at once or, when a process dies
 * or the broker is down, later. Nothing else in the program sends to the broker.
 */
package io.sluice.outbox;
