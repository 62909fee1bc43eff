package io.sluice.dashboard.key;

import java.util.List;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.sluice.access.UserRole;
import io.sluice.apikey.ApiKeyView;
import io.sluice.dashboard.Flash;

/** The templates. */
@CheckedTemplate(basePath = "dashboard")
final class KeyPages {
    private KeyPages() {}

    /**
     * @param made  a key that was just made; null if none was
     * @param used  whether this installation asks for keys
     * @param flash what has happened; null if nothing has
     */
    static native TemplateInstance keyList(List<KeyRow> keys, UserRole[] roles, ApiKeyView made, boolean used,
            Flash flash);
}
