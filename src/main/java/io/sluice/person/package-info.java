/** What is stored about a person, found by e-mail address: erased, or exported. */
package io.sluice.person;
