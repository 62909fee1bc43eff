/**
 * Third station, and the only one that knows messaging: the channels {@code work} and {@code outbox}, and the AMQP
 * connector behind them. A message says "work on order X" and carries no truth: it may come twice, late, or never.
 * Orders that come as messages are received here, too, and handed to {@code accept}.
 */
package io.sluice.queue;
