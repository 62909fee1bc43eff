/** The pages of batches: list, progress, orders and forms. */
package io.sluice.dashboard.batch;
