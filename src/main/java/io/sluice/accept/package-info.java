/** First station: reads and checks what is posted, stores it in groups, and answers after the commit. */
package io.sluice.accept;
