package io.sluice.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import io.sluice.order.Handling;
import io.sluice.order.OrderDraft;

class DemoOrdersTest {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    @Test
    void sameSeed_sameOrdersUnderNewNumbers() {
        List<OrderDraft> first = make(7, 50, null, "A");
        List<OrderDraft> second = make(7, 50, null, "B");

        assertThat(second).usingRecursiveComparison().ignoringFields("externalId").isEqualTo(first);
        assertThat(ids(first)).hasSize(50).doesNotContainAnyElementsOf(ids(second));
    }

    @Test
    void otherSeed_otherOrders() {
        assertThat(make(1, 5, null, "A").get(0).customer()).isNotEqualTo(make(2, 5, null, "A").get(0).customer());
    }

    @Test
    void channelGiven_everythingElseAsWithout() {
        assertThat(make(7, 20, "kiosk", "A")).allMatch(draft -> draft.channel().equals("kiosk"))
                .usingRecursiveComparison()
                .ignoringFields("channel", "externalId")
                .isEqualTo(make(7, 20, null, "A"));
    }

    @Test
    void newestFirst_overTheLastHours() {
        List<OrderDraft> drafts = make(7, 100, null, "A");

        assertThat(drafts.get(0).placedAt()).isEqualTo(NOON);
        assertThat(drafts).extracting(OrderDraft::placedAt)
                .isSortedAccordingTo((a, b) -> b.compareTo(a))
                .allMatch(at -> at.isAfter(NOON.minus(Duration.ofHours(4))));
    }

    @Test
    void manyCountriesChannelsAndScalesOfMoney() {
        List<OrderDraft> drafts = make(7, 200, null, "A");

        assertThat(drafts).extracting(draft -> draft.shipTo().country()).contains("DE", "GB", "US", "JP", "KW");
        assertThat(drafts).extracting(OrderDraft::channel).contains("webshop", "amazon", "ebay", "etsy");
        Set<Integer> scales = drafts.stream()
                .map(draft -> draft.total().scale())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(scales).containsExactly(0, 2, 3);
    }

    @Test
    void everyFieldIsFilled() {
        assertThat(make(7, 200, null, "A")).allSatisfy(draft -> {
            assertThat(draft.customer().name()).isNotBlank();
            assertThat(draft.shipTo().street()).isNotBlank();
            assertThat(draft.shipTo().city()).isNotBlank();
            assertThat(draft.shipTo().postalCode()).isNotBlank();
            assertThat(draft.shipTo().street().lines()).hasSizeLessThanOrEqualTo(2);
            assertThat(draft.total()).isPositive();
            assertThat(draft.lines()).hasSizeBetween(1, 4);
            assertThat(draft.handling()).isEqualTo(Handling.MANUAL);
        });
    }

    @Test
    void someHaveWhatShopsAddToOrders() {
        List<OrderDraft> drafts = make(7, 200, null, "A");

        assertThat(drafts).anyMatch(draft -> draft.shipTo().company() != null)
                .anyMatch(draft -> draft.shipTo().phone() != null)
                .anyMatch(draft -> draft.shipTo().street().contains("\n"))
                .anyMatch(draft -> draft.adjustments().stream().anyMatch(one -> one.amount().signum() < 0))
                .anyMatch(draft -> draft.note() != null)
                .anyMatch(draft -> draft.metadata() != null);
        assertThat(drafts).filteredOn(draft -> draft.shipTo().country().equals("US"))
                .allMatch(draft -> draft.shipTo().state().length() == 2);
    }

    private static List<OrderDraft> make(long seed, int count, String channel, String call) {
        return new DemoOrders(seed).next(count, Handling.MANUAL, channel, NOON, call);
    }

    private static List<String> ids(List<OrderDraft> drafts) {
        return drafts.stream().map(OrderDraft::externalId).distinct().toList();
    }
}
