package io.sluice.dashboard.person;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.sluice.dashboard.Flash;

/** The Qute template of personal data, checked at build time. */
@CheckedTemplate(basePath = "dashboard")
final class PersonPages {
    private PersonPages() {}

    /** @param found null before an address was entered */
    static native TemplateInstance person(String email, FoundData found, String refusal, Flash flash);
}
