package io.sluice.accept.csv;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A field of an order that a column can fill. docs/orders.md has the same table. */
enum CsvField {
    // The empty comments keep the formatter from joining the lines.
    CHANNEL("channel", "/channel", "where the order was placed"), //
    EXTERNAL_ID("order number", "/externalId", "the shop's number of the order", "order id"), //
    PLACED_AT("placed at", "/placedAt", "such as 2026-03-02T09:30:00Z", "created at", "order date"), //
    CUSTOMER_NAME("customer name", "/customer/name", "the recipient if blank", "customer", "billing name"), //
    EMAIL("email", "/customer/email", "of the customer", "customer email"), //
    RECIPIENT("recipient", "/shipTo/name", "name in the address", "shipping name"), //
    COMPANY("company", "/shipTo/company", "", "shipping company"), //
    STREET("street", "/shipTo/street", "up to four lines", "shipping street"), //
    STREET_2("street 2", "/shipTo/street2", "further lines of the street"), //
    DISTRICT("district", "/shipTo/district", "a part of the city"), //
    CITY("city", "/shipTo/city", "required in most countries", "shipping city"), //
    STATE("state", "/shipTo/state", "", "province", "shipping province"), //
    POSTAL_CODE("postal code", "/shipTo/postalCode", "required in most countries", "postcode", "zip", "shipping zip"), //
    COUNTRY("country", "/shipTo/country", "two letters, such as GB", "shipping country"), //
    PHONE("phone", "/shipTo/phone", "for the carrier", "shipping phone"), //
    CURRENCY("currency", "/currency", "three letters, such as GBP"), //
    TOTAL("total", "/total", "checked against the lines and adjustments"), //
    SHIP_BY("ship by", "/shipBy", "a deadline, such as 2026-03-03T16:00:00Z"), //
    NOTE("note", "/note", "printed on the packing slip", "notes"), //
    SKU("sku", "/lines/sku", "of the line", "lineitem sku"), //
    TITLE("title", "/lines/title", "of the line", "lineitem name"), //
    QUANTITY("quantity", "/lines/quantity", "of the line", "lineitem quantity"), //
    UNIT_PRICE("unit price", "/lines/unitPrice", "of the line, such as 12.50", "price", "lineitem price"), //
    ADJUSTMENT("adjustment.", "/adjustments", "of the total, such as adjustment.Shipping; negative for a discount"), //
    METADATA("metadata.", "/metadata", "kept and returned, such as metadata.cart");

    /** Without these columns, no order of the file can be valid. */
    static final List<CsvField> REQUIRED = List.of(EXTERNAL_ID, RECIPIENT, STREET, COUNTRY, CURRENCY, SKU, TITLE,
            QUANTITY, UNIT_PRICE);
    private static final String OF_LINE = "/lines/";

    private final String title;
    private final String pointer;
    private final String meaning;
    private final List<String> others;
    private final List<String> names;

    /**
     * @param title   the column's usual name
     * @param pointer JSON Pointer to the field in an order; in a line, without the line's index
     * @param meaning for people
     * @param others  further names, besides the field's own such as {@code shipTo.city}
     */
    CsvField(String title, String pointer, String meaning, String... others) {
        this.title = title;
        this.pointer = pointer;
        this.meaning = meaning;
        this.others = List.of(others);
        this.names = Stream.concat(Stream.of(title, pointer.substring(1).replace('/', '.')), Stream.of(others))
                .map(CsvField::plain)
                .toList();
    }

    /** The field that a column of this name fills; empty if the name is not known. */
    static Optional<CsvField> named(String column) {
        String name = plain(column);
        return Stream.of(values())
                .filter(field -> field.isPrefix()
                        ? name.startsWith(field.title) && name.length() > field.title.length()
                        : field.names.contains(name))
                .findFirst();
    }

    /** The field of a value in an order; empty for the order as a whole. */
    static Optional<CsvField> at(String pointer) {
        String plain = pointer.replaceFirst("^/lines/\\d+/", OF_LINE);
        return Stream.of(values()).filter(field -> field.pointer.equals(plain)).findFirst();
    }

    /** Usual names, to guess what a misspelt one stands for. */
    static List<String> titles() {
        return Stream.of(values()).filter(field -> !field.isPrefix()).map(CsvField::title).toList();
    }

    /** Case, blanks, hyphens and underscores do not matter: {@code Order_Number} is {@code order number}. */
    private static String plain(String column) {
        return column.toLowerCase(Locale.ROOT).replaceAll("[\\s\\u00a0_-]", "");
    }

    String meaning() {
        return meaning;
    }

    List<String> others() {
        return others;
    }

    boolean isRequired() {
        return REQUIRED.contains(this);
    }

    String title() {
        return title;
    }

    /** Whether the column's name goes on after the field's, so that there may be several such columns. */
    boolean isPrefix() {
        return this == ADJUSTMENT || this == METADATA;
    }

    /** Whether each row has a value of its own. Other values are those of the order, and need only stand in one row. */
    boolean isOfLine() {
        return pointer.startsWith(OF_LINE);
    }

    /** Whether the value is an amount. */
    boolean isAmount() {
        return this == UNIT_PRICE || this == TOTAL || this == ADJUSTMENT;
    }

    /** The last part of the pointer. */
    String key() {
        return pointer.substring(pointer.lastIndexOf('/') + 1);
    }

    /** The object of the order that has the field; empty for the order itself. */
    String parent() {
        return pointer.substring(1, Math.max(1, pointer.lastIndexOf('/')));
    }
}
