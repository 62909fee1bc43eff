/**
 * The dashboard, and what its pages share. {@code table} uses {@code batch}, and {@code live} uses both;
 * {@code history} and {@code partner} stand alone. One row template serves the page, the live push and the catch-up.
 * All pages and forms also work without JavaScript. No other package depends on this one.
 */
package io.sluice.dashboard;
