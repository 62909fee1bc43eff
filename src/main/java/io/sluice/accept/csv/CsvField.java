package io.sluice.accept.csv;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A field of an order that a column can fill. docs/orders.md has the same table. */
enum CsvField {
    CHANNEL("channel", "/channel"), EXTERNAL_ID("order number", "/externalId", "order id"), PLACED_AT("placed at",
            "/placedAt", "created at", "order date"), CUSTOMER_NAME("customer name", "/customer/name", "customer",
                    "billing name"), EMAIL("email", "/customer/email", "customer email"), RECIPIENT("recipient",
                            "/shipTo/name", "shipping name"), COMPANY("company", "/shipTo/company",
                                    "shipping company"), STREET("street", "/shipTo/street", "shipping street"),
    /** Further lines of the street. */
    STREET_2("street 2", "/shipTo/street2"), DISTRICT("district", "/shipTo/district"), CITY("city", "/shipTo/city",
            "shipping city"), STATE("state", "/shipTo/state", "province", "shipping province"), POSTAL_CODE(
                    "postal code", "/shipTo/postalCode", "postcode", "zip",
                    "shipping zip"), COUNTRY("country", "/shipTo/country", "shipping country"), PHONE("phone",
                            "/shipTo/phone", "shipping phone"), CURRENCY("currency", "/currency"), TOTAL("total",
                                    "/total"), SHIP_BY("ship by", "/shipBy"), NOTE("note", "/note", "notes"), SKU("sku",
                                            "/lines/sku", "lineitem sku"), TITLE("title", "/lines/title",
                                                    "lineitem name"), QUANTITY("quantity", "/lines/quantity",
                                                            "lineitem quantity"), UNIT_PRICE("unit price",
                                                                    "/lines/unitPrice", "price", "lineitem price"),
    /** The label follows in the column's name: {@code adjustment.Shipping}. */
    ADJUSTMENT("adjustment.", "/adjustments"),
    /** The name of the text follows in the column's name: {@code metadata.cart}. */
    METADATA("metadata.", "/metadata");

    /** Without these columns, no order of the file can be valid. */
    static final List<CsvField> REQUIRED = List.of(EXTERNAL_ID, RECIPIENT, STREET, COUNTRY, CURRENCY, SKU, TITLE,
            QUANTITY, UNIT_PRICE);
    private static final String OF_LINE = "/lines/";

    private final String title;
    private final String pointer;
    private final List<String> names;

    /**
     * @param title   the column's usual name
     * @param pointer JSON Pointer to the field in an order; in a line, without the line's index
     * @param others  further names
     */
    CsvField(String title, String pointer, String... others) {
        this.title = title;
        this.pointer = pointer;
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
