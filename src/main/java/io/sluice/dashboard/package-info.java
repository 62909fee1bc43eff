/**
 * The operator's page: the table of orders, live. One row template serves the first page, the live push and the
 * catch-up; without JavaScript the same pages and forms do the same work. Nothing imports this package.
 */
package io.sluice.dashboard;
