/** Spans of OpenTelemetry, what is kept to connect them, and the fields of log lines. */
package io.sluice.tracing;
