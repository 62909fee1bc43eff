package io.sluice.dashboard.audit;

import java.util.List;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The Qute template of the audit, checked at build time. */
@CheckedTemplate(basePath = "dashboard")
final class AuditPages {
    private AuditPages() {}

    static native TemplateInstance audit(List<AuditRow> rows, AuditAddress address, String olderHref);
}
