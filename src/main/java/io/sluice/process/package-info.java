/** The role of this process. */
package io.sluice.process;
