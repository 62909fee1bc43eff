package io.sluice.order;

/**
 * Where the goods go. Parts that a country's addresses do not have are null; {@code name}, {@code street} and
 * {@code country} never are.
 *
 * @param street     up to four lines, separated by {@code \n}
 * @param district   a part of the city, where addresses name it
 * @param state      state, province, prefecture, as people write it
 * @param postalCode null where not every address has one
 * @param country    ISO 3166-1 alpha-2, or XK
 */
public record Address(String name, String company, String street, String district, String city, String state,
        String postalCode, String country, String phone) {

    /** An address with the usual parts only. */
    public Address(String name, String street, String city, String postalCode, String country) {
        this(name, null, street, null, city, null, postalCode, country, null);
    }
}
