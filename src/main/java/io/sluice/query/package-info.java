/** What clients ask: one order, its history, the table of orders. */
package io.sluice.query;
