package io.sluice.accept;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

class LineSplitterTest {
    private final List<String> lines = new ArrayList<>();
    private final LineSplitter splitter = new LineSplitter(line -> lines.add(
            line.number() + ":" + (line.content() == null ? "too long" : new String(line.content(), UTF_8))));

    private List<String> lines(String... pieces) {
        for (String piece : pieces) {
            splitter.take(piece.getBytes(UTF_8));
        }
        splitter.end();
        return lines;
    }

    @Test
    void linesEndWithTheStream_orALineFeed() {
        assertThat(lines("a\nb\r\n", "c")).containsExactly("1:a", "2:b\r", "3:c");
    }

    @Test
    void blankLines_countOnly() {
        assertThat(lines("\n \t\r\na\n\n", "\n")).containsExactly("3:a");
    }

    @Test
    void pieceMayEndInTheMiddleOfACharacter() {
        byte[] text = "ü\nß".getBytes(UTF_8);
        splitter.take(Arrays.copyOf(text, 1));
        splitter.take(Arrays.copyOfRange(text, 1, text.length));
        splitter.end();
        assertThat(lines).containsExactly("1:ü", "2:ß");
    }

    @Test
    void lineThatIsTooLong_leavesItsNeighboursAlone() {
        String longest = "x".repeat(LineSplitter.MAX_BYTES);
        assertThat(lines("a\n" + longest, "\n" + longest, "x", longest, "x\nb"))
                .containsExactly("1:a", "2:" + longest, "3:too long", "4:b");
    }

    /** However a text is cut into pieces, its lines are the same. */
    @Property
    void cuts_doNotMatter(
            @ForAll @StringLength(max = 30) @CharRange(from = 'a', to = 'c') @CharRange(from = '\n', to = '\n') @CharRange(from = ' ', to = ' ') String text,
            @ForAll @IntRange(min = 1, max = 7) int size) {
        lines.clear();
        LineSplitter fresh = new LineSplitter(
                line -> lines.add(line.number() + ":" + new String(line.content(), UTF_8)));
        for (int i = 0; i < text.length(); i += size) {
            fresh.take(text.substring(i, Math.min(text.length(), i + size)).getBytes(UTF_8));
        }
        fresh.end();
        List<String> expected = new ArrayList<>();
        String[] all = text.split("\n", -1);
        for (int i = 0; i < all.length; i++) {
            if (!all[i].isBlank()) {
                expected.add(i + 1 + ":" + all[i]);
            }
        }
        assertThat(lines).isEqualTo(expected);
    }
}
