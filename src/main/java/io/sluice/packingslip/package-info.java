/** Packing slips as PDF: one for the printer, or all slips of a batch in one file. */
package io.sluice.packingslip;
