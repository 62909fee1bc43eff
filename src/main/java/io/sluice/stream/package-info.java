/**
 * Fifth station: each process tails the event log once and passes each event, encoded once, to all listeners: event
 * streams, waiting calls and the dashboard.
 */
package io.sluice.stream;
