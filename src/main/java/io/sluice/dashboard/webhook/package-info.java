/** The pages of webhooks. */
package io.sluice.dashboard.webhook;
