/** The page of API keys. */
package io.sluice.dashboard.key;
