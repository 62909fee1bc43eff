/** The page of workers. */
package io.sluice.dashboard.worker;
