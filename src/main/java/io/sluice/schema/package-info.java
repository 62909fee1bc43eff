/** The tables of the database: migrations, and whether the tables fit this version of Sluice. */
package io.sluice.schema;
