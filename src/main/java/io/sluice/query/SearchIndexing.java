package io.sluice.query;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.quarkus.runtime.StartupEvent;
import io.sluice.process.Pace;
import io.sluice.process.PeriodicTasks;
import io.sluice.store.SearchIndexer;

/** Indexes new orders for searches, every few seconds. */
@ApplicationScoped
class SearchIndexing {
    private static final Logger LOG = Logger.getLogger(SearchIndexing.class);
    private static final Pace PACE = new Pace(2000, 12_000);

    void start(@Observes StartupEvent event, PeriodicTasks tasks, SearchIndexer indexer) {
        tasks.every(PACE, LOG, "New orders cannot be indexed; searches get slower", indexer::index);
    }
}
