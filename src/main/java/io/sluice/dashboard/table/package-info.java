/** The order table: page, filters, selection and the forms that start batches or create demo orders. */
package io.sluice.dashboard.table;
