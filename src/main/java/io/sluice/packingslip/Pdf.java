package io.sluice.packingslip;

/** What HTTP says about a PDF. */
final class Pdf {
    static final String MEDIA_TYPE = "application/pdf";
    private static final int MAX_NAME = 100;

    private Pdf() {}

    /** A {@code Content-Disposition} that has the file shown, and saved under that name (less what some systems refuse). */
    static String inline(String name) {
        String safe = name.replaceAll("[^A-Za-z0-9._-]+", "-");
        return "inline; filename=\"" + safe.substring(0, Math.min(MAX_NAME, safe.length())) + ".pdf\"";
    }
}
