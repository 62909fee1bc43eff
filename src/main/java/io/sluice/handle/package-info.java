/**
 * Fourth station: workers claim orders in the database, run their steps outside any transaction, and record what came
 * of each together with what follows. An order that must wait is parked in the database, not in a worker.
 */
package io.sluice.handle;
