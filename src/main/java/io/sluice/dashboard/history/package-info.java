/** One order: its page, its history and its forms. */
package io.sluice.dashboard.history;
