package io.sluice.dashboard;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The shared Qute templates, checked at build time. */
@CheckedTemplate(basePath = "dashboard")
public final class Pages {
    private Pages() {}

    /** The banner, for the live push. */
    public static native TemplateInstance banner(Banner banner);

    /** A page with a message instead of content. */
    public static native TemplateInstance notice(String title, String detail);
}
