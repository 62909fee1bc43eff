package io.sluice.packingslip;

/** HTTP headers for PDFs. */
final class Pdf {
    static final String MEDIA_TYPE = "application/pdf";
    private static final int MAX_NAME = 100;

    private Pdf() {}

    /**
     * A {@code Content-Disposition} header that displays the file and saves it under this name. Characters that some
     * file systems reject are removed.
     */
    static String inline(String name) {
        String safe = name.replaceAll("[^A-Za-z0-9._-]+", "-");
        return "inline; filename=\"" + safe.substring(0, Math.min(MAX_NAME, safe.length())) + ".pdf\"";
    }
}
