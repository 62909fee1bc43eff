/** Fetches pending orders from marketplaces, and hands them to {@code accept}. */
package io.sluice.intake;
