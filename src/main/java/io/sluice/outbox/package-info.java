/**
 * Second station: sends every message that was stored with an order to the broker; later, if a process dies or the
 * broker is down. No other package sends to the broker.
 */
package io.sluice.outbox;
