/**
 * What a person does over the API: retries or cancels orders, retries or aborts batches, pauses or resumes partners.
 */
package io.sluice.operator;
