/** Who changed what: written with each change that a person or program asks for, and read by administrators. */
package io.sluice.audit;
