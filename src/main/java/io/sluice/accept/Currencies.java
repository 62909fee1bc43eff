package io.sluice.accept;

import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Countries (ISO 3166-1 alpha-2) and currencies (ISO 4217) as the JDK knows them, in capitals only. */
final class Codes {

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    /** Without those that have no number of decimals, such as gold (XAU) and "no currency" (XXX). */
    private static final Map<String, Currency> CURRENCIES = Currency.getAvailableCurrencies()
            .stream()
            .filter(currency -> currency.getDefaultFractionDigits() >= 0)
            .collect(Collectors.toUnmodifiableMap(Currency::getCurrencyCode, Function.identity()));

    private Codes() {}

    static boolean isCountry(String code) {
        return COUNTRIES.contains(code);
    }

    /** The currency with this code, or null. */
    static Currency currency(String code) {
        return CURRENCIES.get(code);
    }
}
