/**
 * Third station, and the only one that knows AMQP. A message says "work on order X" and carries no truth: it may come
 * twice, late, or never.
 */
package io.sluice.queue;
