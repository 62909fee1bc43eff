package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.sluice.order.OrderStatus;

class OrderFilterTest {
    private final List<Object> parameters = new ArrayList<>();

    private String conditions(String channel, String text) {
        return new OrderFilter(Set.of(OrderStatus.FAILED), channel, text).conditions("s.tracking_number",
                value -> {
                    parameters.add(value);
                    return "$" + parameters.size();
                });
    }

    @Test
    void nothingAsked_noConditions() {
        assertThat(conditions(null, null)).isEmpty();
        assertThat(parameters).isEmpty();
    }

    @Test
    void channelAndText_eachIsACondition() {
        String tracking = "lower(translate(s.tracking_number, '-\"''`#/.,;:()[]{}<> ', ''))";
        assertThat(conditions("webshop", "Love Ada")).isEqualTo(" and o.channel = $1"
                + " and (o.search like $2 escape '!' or " + tracking + " like $2 escape '!')"
                + " and (o.search like $3 escape '!' or " + tracking + " like $3 escape '!')");
        assertThat(parameters).containsExactly("webshop", "%love%", "%ada%");
    }

    @Test
    void wildcards_standForThemselves() {
        conditions(null, "50%_!");
        assertThat(parameters).first().isEqualTo("%50!%!_!!%");
    }

    @Test
    void partOfAnId_alsoFindsItsOrder_ifItIsLongEnough() {
        assertThat(conditions(null, "0192F0C4-7a3b")).contains(" or replace(cast(o.id as text), '-', '') like $1");
        assertThat(parameters).first().isEqualTo("%0192f0c47a3b%");
        assertThat(conditions(null, "7a3b1")).doesNotContain("o.id");
    }

    @Test
    void nothingButHyphens_findsNothing() {
        assertThat(conditions(null, "- -")).isEqualTo(" and 1 = 0");
    }
}
