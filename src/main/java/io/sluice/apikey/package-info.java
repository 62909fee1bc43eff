/** API keys: how programs say who they are. */
package io.sluice.apikey;
