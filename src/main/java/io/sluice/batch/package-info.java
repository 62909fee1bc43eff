/** Many orders handed over at once, in an order that the printed slips keep. */
package io.sluice.batch;
