/** Orders, their history and the partners over HTTP, for reading. */
package io.sluice.query;
