/** Sends events to the endpoints of integrators, by the Standard Webhooks scheme. */
package io.sluice.webhook;
