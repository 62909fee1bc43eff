package io.sluice.dashboard.partner;

import java.util.List;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.sluice.dashboard.Flash;

/** The Qute templates of partners, checked at build time. */
@CheckedTemplate(basePath = "dashboard")
final class PartnerPages {
    private PartnerPages() {}

    /** The page with the list of partners. */
    static native TemplateInstance partnerList(List<PartnerRow> partners, Flash flash);

    /** The list of partners without the page. */
    static native TemplateInstance partnerTable(List<PartnerRow> partners);
}
