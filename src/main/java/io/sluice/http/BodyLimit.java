package io.sluice.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;

/**
 * No body may be longer than {@link #MAX_BYTES}. {@link RequestChecks} refuses one that says so in its Content-Length;
 * this refuses a chunked one as soon as it turns out to be. A resource that takes a stream without a total limit does
 * not let the framework read it (no entity parameter), and so does not come by here.
 */
@Provider
public class BodyLimit implements ReaderInterceptor {

    /** 1 MiB; {@code quarkus.rest.input-buffer-size} is the same, so that no shorter body costs a worker thread. */
    public static final int MAX_BYTES = 1 << 20;

    static ProblemException exceeded() {
        return ProblemException.tooLarge("The body is longer than " + MAX_BYTES + " bytes.");
    }

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        context.setInputStream(new Limited(context.getInputStream()));
        return context.proceed();
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
