/** First station: reads and checks orders, stores them in groups and answers after the commit. */
package io.sluice.accept;
