/**
 * Fifth station: tails the event log once a process and hands each event on, encoded once, to everybody who listens:
 * Server-Sent Events, calls that wait, the dashboard.
 */
package io.sluice.stream;
