/** The page of the audit. */
package io.sluice.dashboard.audit;
