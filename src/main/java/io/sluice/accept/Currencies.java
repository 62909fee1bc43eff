package io.sluice.accept;

import java.util.Currency;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Currencies (ISO 4217) as the JDK knows them, in capitals only. */
final class Currencies {

    /** Without those that have no number of decimals, such as gold (XAU) and "no currency" (XXX). */
    private static final Map<String, Currency> CURRENCIES = Currency.getAvailableCurrencies()
            .stream()
            .filter(currency -> currency.getDefaultFractionDigits() >= 0)
            .collect(Collectors.toUnmodifiableMap(Currency::getCurrencyCode, Function.identity()));

    private Currencies() {}

    /** The currency with this code, or null. */
    static Currency of(String code) {
        return CURRENCIES.get(code);
    }
}
