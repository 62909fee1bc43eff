/** What a person does to one order: has a failed one tried again, or cancels one. */
package io.sluice.operator;
