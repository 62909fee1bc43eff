/** The page that exports and erases what is stored about a person. */
package io.sluice.dashboard.person;
