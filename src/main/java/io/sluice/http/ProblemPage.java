package io.sluice.http;

import java.util.regex.Pattern;

import jakarta.ws.rs.core.MediaType;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;

/** A problem as a page, for people who open an address or send a form without JavaScript. */
final class ProblemPage {
    static final String MEDIA_TYPE = MediaType.TEXT_HTML + ";charset=UTF-8";

    /** {@code text/html} in an Accept header, unless its weight is 0. */
    private static final Pattern HTML = Pattern
            .compile("(?i)(^|,)\\s*text/html\\s*(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$))(,|;|$)");

    private ProblemPage() {}

    /**
     * Whether the request comes from a browser that shows a page. Addresses for programs always answer with JSON,
     * because some programs name {@code text/html} too: Java's {@code HttpURLConnection} does by default.
     */
    static boolean isWanted(RoutingContext request) {
        String path = request.request().path(); // not normalized: that fails for one that cannot be decoded
        String accept = request.request().getHeader("Accept");
        return accept != null && !path.startsWith("/api/") && !path.startsWith("/q/") && HTML.matcher(accept).find();
    }

    static String of(Problem problem, RoutingContext request) {
        boolean again = problem.status() == 503 && request.request().method() == HttpMethod.GET;
        return Templates.problem(problem, title(problem), detail(problem, request), again).render();
    }

    private static String detail(Problem problem, RoutingContext request) {
        return switch (problem.status()) {
            case 405 -> "There is no page at this address: it only takes what a form sends.";
            case 401 -> request.request().method() == HttpMethod.POST
                    ? problem.detail() + " Nothing was changed."
                    : problem.detail();
            default -> problem.detail();
        };
    }

    private static String title(Problem problem) {
        return switch (problem.status()) {
            case 404 -> "Page not found";
            case 401 -> "Not logged in";
            case 403 -> "Not allowed";
            case 503 -> "Not available at the moment";
            default -> problem.status() < 500 ? "This request is not valid" : "Something went wrong";
        };
    }

    @CheckedTemplate(basePath = "http")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance problem(Problem problem, String title, String detail, boolean again);
    }
}
