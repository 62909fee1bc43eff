package io.sluice.http;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.ZipException;

import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;

/**
 * Decompresses a body, and refuses one that is too long before or after that. {@link ContentLengthCheck} refuses it by
 * its Content-Length; this interceptor counts the bytes. It does not see the bodies of resources that read a stream
 * themselves and have no entity parameter.
 */
@Provider
public class BodyLimit implements ReaderInterceptor {

    /** 1 MiB, like {@code quarkus.rest.input-buffer-size}: shorter bodies are read without a worker thread. */
    public static final int MAX_BYTES = 1 << 20;
    /** The media type of files of orders. */
    public static final String CSV = "text/csv";
    public static final int MAX_CSV_BYTES = 10 << 20;
    /** A form with a file that is encoded as text. */
    public static final int MAX_FORM_BYTES = MAX_CSV_BYTES / 3 * 4 + MAX_BYTES;

    private static final String LINES = "application/x-ndjson";
    private static final String FORM_WITH_FILE = "multipart/form-data";

    /** The most bytes of a body of this Content-Type, which may be null. Lines are read one by one and have no limit. */
    static long of(String contentType) {
        return switch (contentType == null
                ? ""
                : contentType.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT)) {
            case LINES -> Long.MAX_VALUE;
            case CSV -> MAX_CSV_BYTES;
            case FORM_WITH_FILE -> MAX_FORM_BYTES;
            default -> MAX_BYTES;
        };
    }

    public static ProblemException exceeded(long limit) {
        return ProblemException.tooLarge(limit == MAX_FORM_BYTES
                ? "The file is longer than 10 MiB. Split it."
                : "The body is longer than " + limit + " bytes. Send a shorter one.");
    }

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        ContentCoding coding = ContentCoding.of(context.getHeaders().getFirst("Content-Encoding"));
        long limit = of(context.getHeaders().getFirst("Content-Type"));
        try {
            context.setInputStream(new Limited(coding.decoded(new Limited(context.getInputStream(), limit)), limit));
            return context.proceed();
        } catch (ZipException | EOFException e) {
            throw coding.notAsSaid();
        }
    }

    private static final class Limited extends FilterInputStream {

        private final long limit;
        private long left;

        Limited(InputStream in, long limit) {
            super(in);
            this.limit = limit;
            this.left = limit;
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            return b < 0 ? b : counted(1, b);
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            int read = super.read(to, offset, length);
            return read < 0 ? read : counted(read, read);
        }

        private int counted(int bytes, int result) {
            left -= bytes;
            if (left < 0) {
                throw exceeded(limit);
            }
            return result;
        }
    }
}
