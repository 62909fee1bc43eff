/** Removes what has become old: ended orders, if so configured, and the keys of past requests. */
package io.sluice.retention;
