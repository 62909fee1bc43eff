package io.sluice.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoneyTest {

    @ParameterizedTest
    @CsvSource({"JPY, 3, 120, 360", "EUR, 2, 12.5, 25.00", "KWD, 7, 0.125, 0.875",
            "EUR, 1000000, 999999999999.99, 999999999999990000.00"})
    void total_atTheCurrencysScale(String currency, int quantity, String price, String total) {
        OrderLine line = new OrderLine("S", "Thing", quantity, new BigDecimal(price));
        assertThat(Money.total(Currency.getInstance(currency), List.of(line), List.of()).toPlainString())
                .isEqualTo(total);
    }

    @Test
    void total_sumsQuantityTimesPrice() {
        Currency eur = Currency.getInstance("EUR");
        assertThat(Money.total(eur, List.of(new OrderLine("A", "a", 2, new BigDecimal("1.10")),
                new OrderLine("B", "b", 3, new BigDecimal("0.05"))), List.of())).isEqualTo("2.35");
    }

    @Test
    void total_addsAdjustments() {
        Currency eur = Currency.getInstance("EUR");
        assertThat(Money.total(eur, List.of(new OrderLine("A", "a", 2, new BigDecimal("12.50"))),
                List.of(new Adjustment("Shipping", new BigDecimal("4.90")),
                        new Adjustment("Voucher", new BigDecimal("-30")))))
                .isEqualTo("-0.10");
    }

    @Test
    void amountWithTooManyDecimals_isNeverRounded() {
        assertThatThrownBy(() -> Money.at(Currency.getInstance("JPY"), new BigDecimal("1.5")))
                .isInstanceOf(ArithmeticException.class);
    }
}
