package io.sluice.dashboard.upload;

import java.util.List;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.sluice.dashboard.Flash;

/** The Qute template of the page, checked at build time. */
@CheckedTemplate(basePath = "dashboard")
final class UploadPages {
    private UploadPages() {}

    /**
     * @param form    null before a file was chosen
     * @param pieces  the file, see {@link CarriedFile}
     * @param preview null if there is none
     * @param refusal why the file cannot be read at all, or null
     */
    static native TemplateInstance upload(UploadForm form, List<String> pieces, UploadPreview preview, String refusal,
            Flash flash);
}
