/** Who sends a request, and what they may do: the roles of people, and what each address of the service asks for. */
package io.sluice.access;
