package io.sluice.dashboard.upload;

import io.sluice.accept.csv.CsvOptions;
import io.sluice.http.BodyLimit;
import io.sluice.http.ProblemException;
import io.sluice.order.Handling;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;

/**
 * What the forms of the page send: the file as it was chosen or, after a preview, as the page carries it.
 *
 * @param name the file's name
 */
record UploadForm(String name, byte[] file, CsvOptions options) {

    /** Reads a request whose body has not been read. The framework would write the file to a disk first. */
    static Uni<UploadForm> of(HttpServerRequest request) {
        return Uni.createFrom().emitter(emitter -> {
            String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
            if (type == null || !type.contains("boundary=")) {
                throw incomplete();
            }
            Upload upload = new Upload();
            request.setExpectMultipart(true);
            request.uploadHandler(upload::begin);
            request.handler(piece -> {
                // A body without Content-Length has not been checked.
                if (request.bytesRead() > BodyLimit.MAX_FORM_BYTES) {
                    emitter.fail(BodyLimit.exceeded(BodyLimit.MAX_FORM_BYTES));
                }
            });
            request.exceptionHandler(broken -> emitter.fail(incomplete()));
            request.endHandler(all -> {
                try {
                    emitter.complete(of(upload.name, upload.whole(), request.formAttributes()));
                } catch (ProblemException refusal) {
                    emitter.fail(refusal);
                }
            });
            request.resume();
        });
    }

    private static ProblemException incomplete() {
        return ProblemException.malformed("The form is not complete, or not a form with a file.");
    }

    /** The file of a form while it arrives. */
    private static final class Upload {
        private final Buffer file = Buffer.buffer();
        private String name = "";
        private boolean underway;

        void begin(HttpServerFileUpload upload) {
            underway = true;
            name = upload.filename();
            upload.handler(piece -> {
                if (file.length() <= BodyLimit.MAX_CSV_BYTES) {
                    file.appendBuffer(piece);
                }
            });
            upload.endHandler(end -> underway = false);
        }

        /** The decoder does not mind a form that ends within a file. */
        byte[] whole() {
            if (underway) {
                throw incomplete();
            }
            return file.getBytes();
        }
    }

    private static UploadForm of(String name, byte[] file, MultiMap fields) {
        var options = new CsvOptions(text(fields, "channel"),
                fields.contains("handleAtOnce") ? Handling.AUTO : Handling.MANUAL, fields.contains("ignoreUnknown"));
        return fields.contains(CarriedFile.FIELD)
                ? new UploadForm(fields.get("name"), CarriedFile.read(fields.getAll(CarriedFile.FIELD)), options)
                : new UploadForm(name, file, options);
    }

    private static String text(MultiMap fields, String name) {
        String text = fields.get(name);
        return text == null || text.isBlank() ? null : text.strip();
    }

    public boolean handleAtOnce() {
        return options.handling() == Handling.AUTO;
    }
}
