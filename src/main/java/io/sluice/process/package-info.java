/** The role of this process, and the tasks that it runs again and again. */
package io.sluice.process;
