package io.sluice.packingslip;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.apache.fontbox.ttf.HorizontalMetricsTable;
import org.apache.fontbox.ttf.TTFTable;
import org.apache.fontbox.ttf.TrueTypeFont;

/**
 * Cuts glyphs out of a TrueType font (ISO/IEC 14496-22). The result has the tables that a PDF needs (ISO 32000-1, 9.9),
 * without instructions for coarse screens, which are half of a font. A subset of the usual slip has 5 KB, which is why
 * it need not be compressed. Thread-safe.
 */
final class TrueTypeSubset {
    private static final int ARGUMENTS_ARE_WORDS = 1;
    private static final int SCALE = 1 << 3;
    private static final int MORE_COMPONENTS = 1 << 5;
    private static final int TWO_SCALES = 1 << 6;
    private static final int TWO_BY_TWO = 1 << 7;
    private static final int INSTRUCTIONS = 1 << 8;
    private static final int CHECKSUM_OF_FONT = 0xB1B0AFBA;

    private final byte[] bytes;
    private final ByteBuffer file;
    private final HorizontalMetricsTable metrics;
    private final byte[] head;
    private final byte[] hhea;
    private final byte[] maxp;
    /** Where each glyph starts in the file, and where the last one ends. */
    private final int[] starts;

    TrueTypeSubset(TrueTypeFont font, byte[] file) throws IOException {
        this.bytes = file;
        this.file = ByteBuffer.wrap(file);
        // Nothing else of the font is kept, because it has a copy of the whole file.
        Map<String, TTFTable> tables = font.getTableMap();
        this.metrics = font.getHorizontalMetrics();
        this.head = font.getTableBytes(tables.get("head"));
        this.hhea = font.getTableBytes(tables.get("hhea"));
        this.maxp = font.getTableBytes(tables.get("maxp"));
        long glyphs = tables.get("glyf").getOffset();
        this.starts = Arrays.stream(font.getIndexToLocation().getOffsets())
                .mapToInt(offset -> (int) (glyphs + offset))
                .toArray();
    }

    /** A font file with these glyphs, numbered from 0 in this sequence. Parts of composite glyphs follow them. */
    byte[] of(Collection<Integer> glyphs) {
        Map<Integer, Integer> numbers = withComponents(glyphs);
        int count = numbers.size();
        ByteBuffer glyf = ByteBuffer.allocate(numbers.keySet().stream().mapToInt(this::paddedLength).sum());
        ByteBuffer loca = ByteBuffer.allocate(4 * count + 4);
        ByteBuffer hmtx = ByteBuffer.allocate(4 * count);
        for (int glyph : numbers.keySet()) {
            loca.putInt(glyf.position());
            copy(glyph, numbers, glyf);
            hmtx.putShort((short) metrics.getAdvanceWidth(glyph)).putShort((short) metrics.getLeftSideBearing(glyph));
        }
        loca.putInt(glyf.position());
        return file(new TreeMap<>(Map.of("glyf", glyf.flip(), "loca", loca.flip(), "hmtx", hmtx.flip(),
                "head", ByteBuffer.wrap(head.clone()).putInt(8, 0).putShort(50, (short) 1),
                "hhea", ByteBuffer.wrap(hhea.clone()).putShort(34, (short) count),
                "maxp", ByteBuffer.wrap(maxp.clone()).putShort(4, (short) count))));
    }

    private Map<Integer, Integer> withComponents(Collection<Integer> glyphs) {
        Map<Integer, Integer> numbers = new LinkedHashMap<>();
        List<Integer> all = new ArrayList<>(glyphs);
        for (int i = 0; i < all.size(); i++) {
            if (numbers.putIfAbsent(all.get(i), numbers.size()) == null && contours(all.get(i)) < 0) {
                eachComponent(all.get(i), (at, flags, end) -> all.add(unsigned(at + 2)));
            }
        }
        return numbers;
    }

    private void copy(int glyph, Map<Integer, Integer> numbers, ByteBuffer out) {
        int start = starts[glyph];
        int contours = contours(glyph);
        if (contours > 0) {
            int instructions = start + 10 + 2 * contours;
            out.put(bytes, start, instructions - start).putShort((short) 0);
            int points = instructions + 2 + unsigned(instructions);
            out.put(bytes, points, starts[glyph + 1] - points);
        } else if (contours < 0) {
            out.put(bytes, start, 10);
            eachComponent(glyph, (at, flags, end) -> out.putShort((short) (flags & ~INSTRUCTIONS))
                    .putShort(numbers.get(unsigned(at + 2)).shortValue())
                    .put(bytes, at + 4, end - at - 4));
        }
        if (out.position() % 2 == 1) {
            out.put((byte) 0);
        }
    }

    private interface Component {
        void at(int start, int flags, int end);
    }

    private void eachComponent(int glyph, Component component) {
        int at = starts[glyph] + 10;
        int flags;
        do {
            flags = unsigned(at);
            int end = at + 4 + ((flags & ARGUMENTS_ARE_WORDS) == 0 ? 2 : 4);
            if ((flags & SCALE) != 0) {
                end += 2;
            } else if ((flags & TWO_SCALES) != 0) {
                end += 4;
            } else if ((flags & TWO_BY_TWO) != 0) {
                end += 8;
            }
            component.at(at, flags, end);
            at = end;
        } while ((flags & MORE_COMPONENTS) != 0);
    }

    /** Negative for a composite glyph, 0 for one without outlines. */
    private int contours(int glyph) {
        return starts[glyph] == starts[glyph + 1] ? 0 : file.getShort(starts[glyph]);
    }

    private int paddedLength(int glyph) {
        return starts[glyph + 1] - starts[glyph] + 1;
    }

    private int unsigned(int at) {
        return Short.toUnsignedInt(file.getShort(at));
    }

    private static byte[] file(SortedMap<String, ByteBuffer> tables) {
        int directory = 12 + 16 * tables.size();
        int size = directory + tables.values().stream().mapToInt(table -> table.limit() + 3 & ~3).sum();
        ByteBuffer out = ByteBuffer.allocate(size);
        int power = Integer.highestOneBit(tables.size());
        out.putInt(0x00010000)
                .putShort((short) tables.size())
                .putShort((short) (16 * power))
                .putShort((short) Integer.numberOfTrailingZeros(power))
                .putShort((short) (16 * (tables.size() - power)));
        int at = directory;
        for (Map.Entry<String, ByteBuffer> table : tables.entrySet()) {
            int length = table.getValue().limit();
            out.put(at, table.getValue(), 0, length);
            table.getKey().chars().forEach(c -> out.put((byte) c));
            out.putInt(checksum(out, at, length)).putInt(at).putInt(length);
            at += length + 3 & ~3;
        }
        int head = directory + (tables.get("glyf").limit() + 3 & ~3);
        out.putInt(head + 8, CHECKSUM_OF_FONT - checksum(out, 0, size));
        return out.array();
    }

    private static int checksum(ByteBuffer of, int from, int length) {
        int sum = 0;
        for (int at = from; at < from + length; at += 4) {
            sum += of.getInt(at);
        }
        return sum;
    }
}
