package io.sluice.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Locale;

import net.datafaker.Faker;

/** Countries and currencies of demo customers, among them currencies with 0, 2 and 3 decimals. */
enum Market {
    GERMANY("de-DE", "EUR", "1"), FRANCE("fr-FR", "EUR", "1"), NETHERLANDS("nl-NL", "EUR", "1"), SPAIN("es-ES", "EUR",
            "1"), BRITAIN("en-GB", "GBP", "0.86"), AMERICA("en-US", "USD", "1.08"), SWITZERLAND("de-CH", "CHF",
                    "0.95"), SWEDEN("sv-SE", "SEK", "11.3"), POLAND("pl-PL", "PLN",
                            "4.3"), JAPAN("ja-JP", "JPY", "160"), KUWAIT("ar-KW", "KWD", "0.33"), CANADA("en-CA",
                                    "CAD", "1.5"), BRAZIL("pt-BR", "BRL", "6.1"), KOREA("ko-KR", "KRW", "1500");

    private final Locale locale;
    private final Currency currency;
    private final BigDecimal unitsPerEuro;

    Market(String languageTag, String currency, String unitsPerEuro) {
        this.locale = Locale.forLanguageTag(languageTag);
        this.currency = Currency.getInstance(currency);
        this.unitsPerEuro = new BigDecimal(unitsPerEuro);
    }

    Locale locale() {
        return locale;
    }

    /** ISO 3166-1 alpha-2. */
    String country() {
        return locale.getCountry();
    }

    Currency currency() {
        return currency;
    }

    /** A state or the like as addresses of the country have it; null where they have none. */
    String state(Faker faker) {
        return switch (this) {
            case AMERICA, CANADA, BRAZIL -> faker.address().stateAbbr();
            case JAPAN, KOREA -> faker.address().state();
            default -> null;
        };
    }

    /** A rough conversion of {@code euros}, at the currency's scale. */
    BigDecimal price(BigDecimal euros) {
        return euros.multiply(unitsPerEuro).setScale(currency.getDefaultFractionDigits(), RoundingMode.HALF_UP);
    }
}
