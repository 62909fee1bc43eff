package io.sluice.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.sluice.order.QueueLines.Line;

class QueueLinesTest {
    private final QueueLines lines = new QueueLines(
            List.of(new Line(false, "flood", 1000), new Line(false, "webshop", 3), new Line(true, "webshop", 10)));

    @Test
    void length_isThatOfTheLine() {
        assertThat(lines.length(false, "webshop")).isEqualTo(3);
        assertThat(lines.length(true, "flood")).isZero();
    }

    @Test
    void firstOfItsLine_isNext() {
        assertThat(lines.ahead(false, "webshop", 0)).isZero();
    }

    @Test
    void everyLine_hasAnOrderForEachAhead_andExpeditedOnesFour() {
        assertThat(lines.ahead(false, "webshop", 2)).as("2 of its line, 2 of the flood, 8 expedited").isEqualTo(12);
        assertThat(lines.ahead(true, "webshop", 8)).as("8 of its line, 2 of each other").isEqualTo(12);
    }

    @Test
    void lineThatEnds_isNotCountedFurther() {
        assertThat(lines.ahead(false, "flood", 999)).isEqualTo(999 + 3 + 10);
        assertThat(lines.ahead(false, "ebay", 5)).as("a line that is not known yet").isEqualTo(5 + 5 + 3 + 10);
    }
}
