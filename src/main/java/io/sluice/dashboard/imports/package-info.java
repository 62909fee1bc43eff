/** The page of imports: how the last one went, orders with problems, and forms to import and fetch again. */
package io.sluice.dashboard.imports;
