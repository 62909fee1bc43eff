package io.sluice.simulator;

import java.util.LinkedHashMap;
import java.util.Map;

/** What was printed last, for a look at it. In memory only. */
final class Documents {

    private static final int MAX_KEPT = 300;

    private final Map<String, byte[]> byJob = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
            return size() > MAX_KEPT;
        }
    };

    void keep(String jobId, byte[] document) {
        byJob.put(jobId, document);
    }

    /** The document of that job, or null if it is not kept. */
    byte[] of(String jobId) {
        return byJob.get(jobId);
    }
}
