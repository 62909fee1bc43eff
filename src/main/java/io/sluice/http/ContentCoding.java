package io.sluice.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

import io.vertx.ext.web.RoutingContext;

/** The coding of a request's body (RFC 9110, section 8.4): gzip, deflate, or none. */
enum ContentCoding {
    IDENTITY, GZIP, DEFLATE;

    private static final int ZLIB_HEADER_BYTES = 2;

    /** Refuses a body in a coding that is not known, and a compressed form: no browser sends one. */
    static class Check implements RequestCheck {
        @Override
        public ProblemException refusal(RoutingContext context) {
            String header = context.request().getHeader("Content-Encoding");
            ContentCoding coding = of(header);
            if (coding == null) {
                return unsupported("The content coding \"" + header.strip() + "\" is not known; gzip and deflate are.",
                        "gzip, deflate");
            }
            String type = context.request().getHeader("Content-Type");
            boolean json = type == null || type.toLowerCase(Locale.ROOT).contains("json");
            return coding == IDENTITY || json
                    ? null
                    : unsupported("Only JSON can be compressed, not \"" + type.strip() + "\".", "identity");
        }

    }

    /** 415, with the codings that would be accepted. */
    static ProblemException unsupported(String detail, String accepted) {
        return new ProblemException(Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, detail),
                Map.of("Accept-Encoding", accepted));
    }

    /** 400. */
    ProblemException notAsSaid() {
        return ProblemException.malformed("The body is not what its Content-Encoding says, or is cut off: "
                + name().toLowerCase(Locale.ROOT) + ".");
    }

    /** @return null for one that is not known */
    static ContentCoding of(String header) {
        return switch (header == null ? "" : header.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> IDENTITY;
            case "gzip", "x-gzip" -> GZIP;
            case "deflate" -> DEFLATE;
            default -> null;
        };
    }

    /** Reads what {@code body} is once it is decompressed. Reading throws an IOException if it is something else. */
    InputStream decoded(InputStream body) throws IOException {
        return switch (this) {
            case IDENTITY -> body;
            case GZIP -> new GZIPInputStream(body);
            case DEFLATE -> inflated(new BufferedInputStream(body));
        };
    }

    /** The standard means zlib (RFC 1950); some clients leave its header out. */
    private static InputStream inflated(BufferedInputStream body) throws IOException {
        body.mark(ZLIB_HEADER_BYTES);
        int first = body.read();
        int second = body.read();
        body.reset();
        boolean zlib = (first & 0x0F) == 8 && (first << 8 | second) % 31 == 0;
        return new InflaterInputStream(body, new Inflater(!zlib));
    }
}
