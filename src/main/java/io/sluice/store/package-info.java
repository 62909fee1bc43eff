/**
 * What the stations share of the database: the tables as entities, the reading of orders and their history, and the
 * writer that lets concurrent callers share a transaction.
 */
package io.sluice.store;
