/** How postal addresses are written, country by country. Plain Java; {@code docs/decisions/0017-addresses.md}. */
package io.sluice.address;
