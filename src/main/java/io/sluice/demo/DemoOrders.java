package io.sluice.demo;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

import io.sluice.order.Address;
import io.sluice.order.Adjustment;
import io.sluice.order.Customer;
import io.sluice.order.Handling;
import io.sluice.order.OrderDraft;
import io.sluice.order.OrderLine;
import net.datafaker.Faker;

/**
 * Generates orders from many countries. The same seed gives the same customers, goods and prices. External ids differ
 * from call to call, so that a second call with the same seed makes new orders.
 */
final class DemoOrders {
    private static final List<String> CHANNELS = List.of("webshop", "amazon", "ebay", "etsy");
    private static final List<String> NOTES = List.of("Happy birthday, Granny!",
            "Please leave it with the neighbour\nif nobody opens.", "Thank you for everything.\n\nYours, Kim");
    private static final BigDecimal SHIPPING = new BigDecimal("4.90");
    private static final BigDecimal VOUCHER = new BigDecimal("2.00");
    private static final int MAX_LINES = 4;
    private static final int MAX_QUANTITY = 3;
    private static final Duration MIN_GAP = Duration.ofSeconds(20);
    private static final int MAX_MORE_GAP_SECONDS = 100;

    private final Random random;
    private final Map<Market, Faker> fakers = new EnumMap<>(Market.class);

    DemoOrders(long seed) {
        random = new Random(seed);
    }

    /**
     * The next {@code count} orders, newest first, about one a minute back from {@code newest}.
     *
     * @param channel null for a mix of them
     * @param call    unique to the call; part of the orders' external ids
     */
    List<OrderDraft> next(int count, Handling handling, String channel, Instant newest, String call) {
        List<OrderDraft> drafts = new ArrayList<>(count);
        Instant placedAt = newest.truncatedTo(ChronoUnit.SECONDS);
        for (int number = 1; number <= count; number++) {
            String drawn = pick(CHANNELS); // always drawn, so that a given channel does not change the rest
            drafts.add(draft(channel == null ? drawn : channel, handling, placedAt, call + "-" + number));
            placedAt = placedAt.minus(MIN_GAP.plusSeconds(random.nextInt(MAX_MORE_GAP_SECONDS)));
        }
        return drafts;
    }

    private OrderDraft draft(String channel, Handling handling, Instant placedAt, String number) {
        Market market = Market.values()[random.nextInt(Market.values().length)];
        Faker faker = fakers.computeIfAbsent(market, m -> new Faker(m.locale(), random));
        String name = faker.name().fullName();
        String email = "customer" + random.nextInt(100_000) + "@example.com"; // RFC 2606: a reserved domain
        String street = faker.address().streetAddress() + (oneIn(6) ? "\n" + faker.address().secondaryAddress() : "");
        Address shipTo = new Address(name, oneIn(5) ? faker.company().name() : null, street, null,
                faker.address().city(), market.state(faker), faker.address().zipCode(), market.country(),
                oneIn(3) ? faker.phoneNumber().phoneNumber() : null);
        return new OrderDraft(channel, prefix(channel) + "-" + number, handling, placedAt, new Customer(name, email),
                shipTo, market.currency(), lines(market), adjustments(market), null, oneIn(8) ? pick(NOTES) : null,
                oneIn(4) ? new TreeMap<>(Map.of("campaign", "spring")) : null);
    }

    /** Every line costs more than the voucher takes off. */
    private List<Adjustment> adjustments(Market market) {
        List<Adjustment> adjustments = new ArrayList<>();
        if (!oneIn(3)) {
            adjustments.add(new Adjustment("Shipping", market.price(SHIPPING)));
        }
        if (oneIn(6)) {
            adjustments.add(new Adjustment("Voucher", market.price(VOUCHER).negate()));
        }
        return adjustments;
    }

    private boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    private List<OrderLine> lines(Market market) {
        return IntStream.range(0, 1 + random.nextInt(MAX_LINES)).mapToObj(i -> {
            Product product = pick(Product.ALL);
            return new OrderLine(product.sku(), product.title(), 1 + random.nextInt(MAX_QUANTITY),
                    market.price(product.euros()));
        }).toList();
    }

    private static String prefix(String channel) {
        return channel.substring(0, Math.min(3, channel.length())).toUpperCase(Locale.ROOT);
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
