/**
 * The dashboard: live order table, histories and batches. One row template serves the page, the live push and the
 * catch-up. All pages and forms also work without JavaScript. No other package depends on this one.
 */
package io.sluice.dashboard;
