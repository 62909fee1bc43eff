/** Packing slips on paper: drawn as PDF, one by one for the printer, or many in one file. */
package io.sluice.packingslip;
