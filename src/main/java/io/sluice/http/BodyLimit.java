package io.sluice.http;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;

/**
 * Decompresses a body, and refuses one that is longer than {@link #MAX_BYTES} before or after that.
 * {@link ContentLengthCheck} refuses it by its Content-Length; this interceptor counts the bytes. It does not see the
 * bodies of resources that read a stream themselves and have no entity parameter.
 */
@Provider
public class BodyLimit implements ReaderInterceptor {

    /** 1 MiB, like {@code quarkus.rest.input-buffer-size}: shorter bodies are read without a worker thread. */
    public static final int MAX_BYTES = 1 << 20;

    static ProblemException exceeded() {
        return ProblemException.tooLarge("The body is longer than " + MAX_BYTES + " bytes. Send a shorter one.");
    }

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        ContentCoding coding = ContentCoding.of(context.getHeaders().getFirst("Content-Encoding"));
        try {
            context.setInputStream(new Limited(coding.decoded(new Limited(context.getInputStream()))));
            return context.proceed();
        } catch (ZipException | EOFException e) {
            throw coding.notAsSaid();
        }
    }

    private static final class Limited extends FilterInputStream {

        private int left = MAX_BYTES;

        Limited(InputStream in) {
            super(in);
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
                throw exceeded();
            }
            return result;
        }
    }
}
