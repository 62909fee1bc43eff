package io.sluice.dashboard.imports;

import java.util.List;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.sluice.dashboard.Flash;

/** The Qute template of imports, checked at build time. */
@CheckedTemplate(basePath = "dashboard")
final class ImportPages {
    private ImportPages() {}

    static native TemplateInstance importList(List<ImportSection> imports, Flash flash);
}
