package io.sluice.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.sluice.intake.ImportRules.Next;
import io.sluice.intake.ImportRules.Position;
import io.sluice.partner.Fetched;

class ImportRulesTest {
    private static final Duration INTERVAL = Duration.ofSeconds(60);
    private static final Position AT_7 = new Position("7", "\"e7\"", 3);

    private final ImportRules rules = new ImportRules(INTERVAL);

    @Test
    void pageWithMore_goesOnAtOnce_butNotIfItIsEmpty() {
        Fetched full = new Fetched.Page(List.of(Fetched.Entry.of(JsonNodeFactory.instance.objectNode())), "9", true,
                null);
        assertThat(rules.after(AT_7, full))
                .isEqualTo(new Next(new Position("9", null, 0), Duration.ZERO, false, false, null));
        assertThat(rules.after(AT_7, page("9", true, "\"e9\"")))
                .isEqualTo(new Next(new Position("9", null, 0), Duration.ofSeconds(1), false, false, null));
    }

    @Test
    void lastPage_endsTheImport() {
        assertThat(rules.after(AT_7, page("9", false, "\"e9\"")))
                .isEqualTo(new Next(new Position("9", null, 0), INTERVAL, false, true, null));
    }

    @Test
    void pageWithoutCursor_leavesItWhereItIs_andKeepsItsETag() {
        assertThat(rules.after(AT_7, page(null, false, "\"new\"")).position())
                .isEqualTo(new Position("7", "\"new\"", 0));
        assertThat(rules.after(new Position(null, null, 0), page(null, false, "\"new\"")).position())
                .isEqualTo(new Position(null, "\"new\"", 0));
        assertThat(rules.after(AT_7, page("7", false, "\"new\"")).position())
                .isEqualTo(new Position("7", "\"new\"", 0));
    }

    @Test
    void unchanged_endsTheImport() {
        assertThat(rules.after(AT_7, new Fetched.Unchanged()))
                .isEqualTo(new Next(new Position("7", "\"e7\"", 0), INTERVAL, false, true, null));
    }

    @Test
    void unknownCursor_beginsAnewAtOnce() {
        assertThat(rules.after(AT_7, new Fetched.Gone()))
                .isEqualTo(new Next(new Position(null, null, 0), Duration.ZERO, false, false, null));
    }

    @Test
    void goneWithoutACursor_isAFailure() {
        Next next = rules.after(new Position(null, null, 0), new Fetched.Gone());

        assertThat(next.ends()).isTrue();
        assertThat(next.error()).contains("is gone");
        assertThat(next.delay()).isPositive();
    }

    @Test
    void failure_keepsThePosition_andWaitsLongerEachTime() {
        Position at = new Position("7", "\"e7\"", 0);
        for (long seconds : List.of(5, 10, 20, 40, 60, 60)) {
            Next next = rules.after(at, new Fetched.Failed("Not now.", null));

            assertThat(next.delay()).hasSeconds(seconds);
            assertThat(next.asked()).isFalse();
            assertThat(next.ends()).isTrue();
            assertThat(next.error()).isEqualTo("Not now.");
            assertThat(next.position().cursor()).isEqualTo("7");
            assertThat(next.position().etag()).isEqualTo("\"e7\"");
            at = next.position();
        }
    }

    @Test
    void manyFailures_doNotOverflow() {
        assertThat(IntStream.range(0, 200).boxed())
                .allSatisfy(failures -> assertThat(
                        rules.failed(new Position(null, null, failures), "No.", null).delay()).isPositive()
                        .isLessThanOrEqualTo(INTERVAL));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "30, 30", "3600, 3600"})
    void waitThatTheMarketplaceAsksFor_isHonoured(long asked, long waited) {
        Next next = rules.after(AT_7, new Fetched.Failed("Not now.", Duration.ofSeconds(asked)));

        assertThat(next.delay()).hasSeconds(waited);
        assertThat(next.asked()).isTrue();
    }

    private static Fetched page(String nextCursor, boolean more, String etag) {
        return new Fetched.Page(List.of(), nextCursor, more, etag);
    }
}
