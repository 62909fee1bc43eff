/** Graceful shutdown: what a stopping process still does, in which sequence, and for how long. */
package io.sluice.shutdown;
