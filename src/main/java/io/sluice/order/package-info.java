/**
 * The core: what an order is, which states it may be in, which steps it takes, and what follows a step's result.
 * Plain Java; it knows no framework and imports no other package of Sluice.
 */
package io.sluice.order;
