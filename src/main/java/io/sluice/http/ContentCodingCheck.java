package io.sluice.http;

import java.util.Map;

import io.vertx.ext.web.RoutingContext;

/**
 * Refuses a body in a coding that the server does not know (RFC 9110, section 8.4). The header of one that it knows is
 * gone by now: the body is decompressed before.
 */
class ContentCodingCheck implements RequestCheck {

    @Override
    public ProblemException refusal(RoutingContext context) {
        String coding = context.request().getHeader("Content-Encoding");
        if (coding == null || coding.isBlank() || coding.strip().equalsIgnoreCase("identity")) {
            return null;
        }
        return new ProblemException(Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE,
                "The content coding \"" + coding.strip() + "\" is not known; gzip and deflate are."),
                Map.of("Accept-Encoding", "gzip, deflate"));
    }
}
