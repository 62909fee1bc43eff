/** The clients of the carrier, the printers and the marketplaces. The only package that calls out. */
package io.sluice.partner;
