/** How a process that is told to stop leaves: what it still does, in which sequence, and for how long at most. */
package io.sluice.shutdown;
