package io.sluice.dashboard.login;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

@CheckedTemplate(basePath = "dashboard")
final class LoginPages {
    private LoginPages() {}

    /** How a login or logout ended. The link begins a new login. */
    static native TemplateInstance login(String title, String detail, String link);
}
