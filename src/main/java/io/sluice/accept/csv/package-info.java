/** Orders from CSV files: what their columns mean, what a file would do, and storing its orders. */
package io.sluice.accept.csv;
