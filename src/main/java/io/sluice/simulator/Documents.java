package io.sluice.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

import io.sluice.json.InputObject;

/** What was printed last, for a look at it. In memory only. */
final class Documents {

    private static final int MAX_KEPT = 300;
    private static final byte[] PDF = "%PDF-".getBytes(StandardCharsets.US_ASCII);

    private final Map<String, byte[]> byJob = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
            return size() > MAX_KEPT;
        }
    };

    /** A field that holds a PDF in Base64; null if it is absent or wrong. Only the start of the document is checked. */
    static byte[] read(InputObject body, String field) {
        String base64 = body.anyText(field);
        if (base64 == null) {
            return null;
        }
        byte[] document = decode(base64);
        if (!Arrays.equals(document, 0, Math.min(document.length, PDF.length), PDF, 0, PDF.length)) {
            body.error(field, "This must be a PDF in Base64.");
            return null;
        }
        return document;
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException noBase64) {
            return new byte[0];
        }
    }

    void keep(String jobId, byte[] document) {
        byJob.put(jobId, document);
    }

    /** The document of that job, or null if it is not kept. */
    byte[] of(String jobId) {
        return byJob.get(jobId);
    }
}
