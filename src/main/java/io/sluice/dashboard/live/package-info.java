/** The live push: keeps open pages up to date through Server-Sent Events. */
package io.sluice.dashboard.live;
