package io.sluice.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.codec.compression.JdkZlibDecoder;
import io.netty.handler.codec.compression.ZlibWrapper;
import io.vertx.core.http.HttpServerRequest;

/** Decompresses a body piece by piece, for resources that read a stream themselves. */
public final class BodyDecoder implements AutoCloseable {
    private static final int PLAIN_PIECE_BYTES = 64 * 1024;
    /** Decompressed, a piece may be a thousand times as large. */
    private static final int COMPRESSED_PIECE_BYTES = 1024;
    /** A line feed in gzip's format (RFC 1952). */
    private static final byte[] LINE_FEED = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xe3, 2, 0,
            (byte) 0x93, 6, (byte) 0xd7, 0x32, 1, 0, 0, 0};

    private final EmbeddedChannel gzip;

    private BodyDecoder(EmbeddedChannel gzip) {
        this.gzip = gzip;
    }

    /**
     * For the request's Content-Encoding.
     *
     * @throws ProblemException 415 if it is not gzip
     */
    public static BodyDecoder of(HttpServerRequest request) {
        return switch (ContentCoding.of(request.getHeader("Content-Encoding"))) {
            case IDENTITY -> new BodyDecoder(null);
            case GZIP -> new BodyDecoder(new EmbeddedChannel(new JdkZlibDecoder(ZlibWrapper.GZIP, true, 0)));
            case DEFLATE -> throw ContentCoding.unsupported("A stream can be compressed with gzip only.", "gzip");
        };
    }

    /** Bytes that may be decoded at once. */
    public int pieceBytes() {
        return gzip == null ? PLAIN_PIECE_BYTES : COMPRESSED_PIECE_BYTES;
    }

    /**
     * Passes on what the piece becomes, as far as it can be decoded.
     *
     * @throws ProblemException 400 if the body is not what its Content-Encoding says
     */
    public void decode(byte[] piece, Consumer<byte[]> to) {
        if (gzip == null) {
            to.accept(piece);
            return;
        }
        boolean broken = false;
        try {
            gzip.writeInbound(Unpooled.wrappedBuffer(piece));
        } catch (DecompressionException notAsSaid) {
            broken = true;
        }
        ByteBuf next;
        while ((next = gzip.readInbound()) != null) {
            to.accept(ByteBufUtil.getBytes(next));
            next.release();
        }
        if (broken) {
            throw ContentCoding.GZIP.notAsSaid();
        }
    }

    /**
     * Checks that the body ended where it may. The decoder does not tell, so it is given one thing more: only after a
     * whole body it will decode that.
     *
     * @throws ProblemException 400 if the body was cut off
     */
    public void checkWhole() {
        if (gzip != null) {
            List<byte[]> decoded = new ArrayList<>();
            decode(LINE_FEED, decoded::add);
            if (decoded.size() != 1 || !Arrays.equals(decoded.get(0), new byte[]{'\n'})) {
                throw ContentCoding.GZIP.notAsSaid();
            }
        }
    }

    /** Gives the decoder's memory back. */
    @Override
    public void close() {
        if (gzip != null) {
            try {
                gzip.finishAndReleaseAll();
            } catch (DecompressionException broken) {
                // The client was told, or has left in the middle.
            }
        }
    }
}
