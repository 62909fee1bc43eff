package io.sluice.order;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.List;
import java.util.stream.Stream;

/** Amounts at the scale of their currency: ISO 4217 says 0 decimals for JPY, 2 for EUR, 3 for KWD. */
public final class Money {

    private Money() {}

    /**
     * {@code amount} at the scale of {@code currency}; an amount with more decimals throws {@link ArithmeticException}.
     */
    public static BigDecimal at(Currency currency, BigDecimal amount) {
        return amount.setScale(currency.getDefaultFractionDigits(), RoundingMode.UNNECESSARY);
    }

    /**
     * The sum of quantity times unit price over the lines, and of the adjustments, at the scale of {@code currency}.
     */
    public static BigDecimal total(Currency currency, List<OrderLine> lines, List<Adjustment> adjustments) {
        return at(currency,
                Stream.concat(lines.stream().map(OrderLine::total), adjustments.stream().map(Adjustment::amount))
                        .reduce(BigDecimal.ZERO, BigDecimal::add));
    }
}
