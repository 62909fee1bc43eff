/**
 * Strict reading of JSON that others sent, for the API and for the simulated partners. What is wrong with it is data
 * ({@link io.sluice.json.InputException}); each side makes its own answer of it.
 */
package io.sluice.json;
