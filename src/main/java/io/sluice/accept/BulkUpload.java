package io.sluice.accept;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.Function;

import io.sluice.http.BodyDecoder;
import io.sluice.http.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;

/**
 * A stream of orders, and the stream of answers to it. Answers come in the sequence of the lines. While enough lines are
 * under way, or the client does not read its answers, no more is read: however long the stream is, it takes the same
 * memory. A client must therefore read while it sends.
 *
 * <p>A stream that could not be read to its end is cut off, never ended: what has no answer may not be stored. All runs
 * on the request's context.
 */
final class BulkUpload {
    /** Lines under way: one group that is being written, and the next one. */
    private static final int WINDOW = 1000;
    private static final int WINDOW_BYTES = 8 << 20;
    private static final int UNREAD_ANSWERS_BYTES = 1 << 20;

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Context context = Vertx.currentContext();
    private final Function<BulkLine, Uni<BulkAnswer>> accept;
    private final Duration patience;
    private final BodyDecoder decoder;
    private final LineSplitter splitter = new LineSplitter(this::take);
    private final Deque<byte[]> unread = new ArrayDeque<>();
    private final Deque<Underway> underway = new ArrayDeque<>();
    private Runnable onEnd;
    private Future<Void> written = Future.succeededFuture();
    private int bytes;
    private boolean working;
    private boolean paused;
    private boolean sentAll;
    private boolean readAll;
    private boolean leaving;
    private boolean ended;
    private long watch = -1;
    private long moved;
    private long seen;

    /** A line that is being stored, and its answer once there is one. */
    private static final class Underway {
        private final BulkLine line;
        private Buffer answer;

        Underway(BulkLine line) {
            this.line = line;
        }
    }

    BulkUpload(HttpServerRequest request, Function<BulkLine, Uni<BulkAnswer>> accept, Duration patience) {
        this.patience = patience;
        this.request = request;
        this.response = request.response();
        this.accept = accept;
        this.decoder = BodyDecoder.of(request);
    }

    /** @param end runs once, when the stream has ended or its client is gone */
    void begin(String type, Runnable end) {
        onEnd = end;
        response.setChunked(true)
                .setWriteQueueMaxSize(UNREAD_ANSWERS_BYTES)
                .putHeader(HttpHeaders.CONTENT_TYPE, type)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                // Else a proxy keeps answers back, and the client would wait for them before it sends more.
                .putHeader("X-Accel-Buffering", "no");
        response.exceptionHandler(broken -> ended());
        response.closeHandler(gone -> ended());
        if (HttpHeaders.CONTINUE.toString().equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            response.writeContinue();
        }
        // The head goes out at once: a client may wait for it before it sends.
        response.write(Buffer.buffer());
        request.exceptionHandler(broken -> ended());
        request.handler(piece -> {
            unread.add(piece.getBytes());
            moved++;
            work();
        });
        request.endHandler(all -> {
            sentAll = true;
            work();
        });
        watch = context.owner().setPeriodic(patience.toMillis(), timer -> giveUpIfStill());
        // The framework has paused it.
        request.resume();
        if (response.closed()) {
            // The client left before the handlers were set, so none of them will be called.
            ended();
        }
    }

    /** Reads nothing more; the connection is cut once the lines under way have their answers. */
    void leave() {
        context.runOnContext(now -> {
            leaving = true;
            work();
        });
    }

    /** Eight clients that only hold their connections must not keep out all others. */
    private void giveUpIfStill() {
        if (moved == seen && !ended) {
            ended();
            request.connection().close();
        }
        seen = moved;
    }

    /** Goes on as far as it can. */
    private void work() {
        if (working || ended) {
            return;
        }
        working = true;
        do {
            read();
            answer();
        } while (!ended && !full() && !unread.isEmpty());
        working = false;
        pauseOrResume();
    }

    private void read() {
        try {
            while (!full() && !unread.isEmpty()) {
                read(unread.poll());
            }
            if (sentAll && unread.isEmpty() && !readAll && !leaving) {
                decoder.checkWhole();
                splitter.end();
                readAll = true;
            }
        } catch (ProblemException undecodable) {
            giveUp(undecodable);
        }
    }

    private void read(byte[] piece) {
        int length = Math.min(piece.length, decoder.pieceBytes());
        if (length < piece.length) {
            unread.addFirst(Arrays.copyOfRange(piece, length, piece.length));
        }
        decoder.decode(length < piece.length ? Arrays.copyOf(piece, length) : piece, splitter::take);
    }

    /** The rest of the body cannot be read: the last answer says so. */
    private void giveUp(ProblemException problem) {
        Underway line = new Underway(new BulkLine(splitter.number(), null));
        line.answer = Buffer.buffer(BulkAnswer.refused(problem).toJson(splitter.number()));
        underway.add(line);
        unread.clear();
        readAll = true;
        if (!sentAll) {
            request.handler(dropped -> {
            });
            request.resume();
        }
    }

    private void take(BulkLine line) {
        Underway entry = new Underway(line);
        underway.add(entry);
        bytes += line.size();
        accept.apply(line).subscribe().with(answer -> {
            Buffer json = Buffer.buffer(answer.toJson(line.number()));
            if (Vertx.currentContext() == context) {
                answered(entry, json);
            } else {
                context.runOnContext(later -> answered(entry, json));
            }
        });
    }

    private void answered(Underway entry, Buffer answer) {
        entry.answer = answer;
        if (entry == underway.peek()) {
            work();
        }
    }

    /** Writes the answers to the first lines, as far as there are any. */
    private void answer() {
        Buffer answers = Buffer.buffer();
        while (!underway.isEmpty() && underway.peek().answer != null) {
            Underway line = underway.poll();
            bytes -= line.line.size();
            answers.appendBuffer(line.answer);
        }
        if (answers.length() > 0) {
            written = response.write(answers);
            moved++;
        }
        if (!underway.isEmpty() || ended) {
            return;
        }
        if (readAll) {
            ended();
            Future<Void> end = response.end();
            if (request.version() == HttpVersion.HTTP_1_0) {
                // It has no chunks: the end of the connection is the end of the answer.
                end.onComplete(sent -> request.connection().close());
            }
        } else if (leaving) {
            ended();
            written.onComplete(sent -> request.connection().close());
        }
    }

    private boolean full() {
        return leaving || underway.size() >= WINDOW || bytes >= WINDOW_BYTES || response.writeQueueFull();
    }

    private void pauseOrResume() {
        if (ended) {
            return;
        }
        boolean pause = full() || !unread.isEmpty();
        if (pause != paused) {
            paused = pause;
            if (pause) {
                request.pause();
            } else {
                request.resume();
            }
        }
        if (response.writeQueueFull()) {
            response.drainHandler(drained -> {
                moved++;
                work();
            });
        }
    }

    private void ended() {
        if (!ended) {
            ended = true;
            context.owner().cancelTimer(watch);
            decoder.close();
            unread.clear();
            onEnd.run();
        }
    }
}
