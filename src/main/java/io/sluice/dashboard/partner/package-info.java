/** The page of partners: their state, with forms to pause and resume them. */
package io.sluice.dashboard.partner;
