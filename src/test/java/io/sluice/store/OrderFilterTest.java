package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.sluice.order.OrderStatus;

class OrderFilterTest {
    private final List<Object> parameters = new ArrayList<>();

    private String conditions(String channel, String text) {
        return new OrderFilter(Set.of(OrderStatus.FAILED), channel, text).conditions("o.external_id", "o.name",
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
        assertThat(conditions("webshop", "ada")).isEqualTo(" and o.channel = $1"
                + " and (o.external_id ilike $2 escape '!' or o.name ilike $2 escape '!')");
        assertThat(parameters).containsExactly("webshop", "%ada%");
    }

    @Test
    void wildcards_standForThemselves() {
        conditions(null, "50%_!");
        assertThat(parameters).containsExactly("%50!%!_!!%");
    }

    @Test
    void id_alsoFindsItsOrder() {
        UUID id = UUID.randomUUID();
        assertThat(conditions(null, id.toString().toUpperCase())).endsWith(" or o.id = $2)");
        assertThat(parameters).last().isEqualTo(id);
    }

    @Test
    void textThatOnlyLooksLikeAnId_isText() {
        assertThat(conditions(null, "1-1-1-1-1")).doesNotContain("o.id");
    }
}
