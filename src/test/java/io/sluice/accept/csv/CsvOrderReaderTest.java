package io.sluice.accept.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.sluice.accept.OrderReader;
import io.sluice.order.Handling;
import io.sluice.order.OrderDraft;
import io.sluice.order.OrderLine;

/** What rows become: their orders, and problems by row and column. */
class CsvOrderReaderTest {
    private static final String HEADER = "Order number;Recipient;Street;Postal code;City;Country;Currency;SKU;Title;Quantity;Unit price";
    private static final String ROW = "W-1;Ada Byron;12 Duke Street;SW1Y 4JH;London;GB;GBP;PUNCH;Punch cards;2;12.50";

    static List<CsvOrderReader.Read> read(String text, CsvOptions options) {
        CsvOrders orders = CsvOrders.of(text.getBytes(UTF_8), options, new OrderReader(Clock.systemUTC()));
        assertThat(orders.problems()).isEmpty();
        return orders.chunks().stream().flatMap(List::stream).map(orders.reader()::read).toList();
    }

    private static List<CsvOrderReader.Read> read(String... rows) {
        return read(String.join("\n", rows), new CsvOptions(null, Handling.MANUAL, false));
    }

    private static OrderDraft order(String... rows) {
        CsvOrderReader.Read read = read(rows).get(0);
        assertThat(read.problems()).isEmpty();
        return read.draft();
    }

    private static List<String> problems(String... rows) {
        return read(rows).stream()
                .flatMap(read -> read.problems().stream())
                .map(problem -> problem.row() + " " + problem.column() + ": " + problem.detail())
                .toList();
    }

    /** The usual row with another cell. */
    private static String with(String column, String cell) {
        String[] cells = ROW.split(";");
        cells[List.of(HEADER.split(";")).indexOf(column)] = cell;
        return String.join(";", cells);
    }

    @Test
    void row_isAnOrder() {
        OrderDraft order = order(HEADER, ROW);

        assertThat(order.channel()).isEqualTo("csv");
        assertThat(order.externalId()).isEqualTo("W-1");
        assertThat(order.handling()).isEqualTo(Handling.MANUAL);
        assertThat(order.customer().name()).isEqualTo("Ada Byron");
        assertThat(order.shipTo().city()).isEqualTo("London");
        assertThat(order.total()).isEqualTo("25.00");
    }

    @Test
    void everyColumn_hasItsField() {
        OrderDraft order = order(
                HEADER + ";Channel;Placed at;Customer name;Email;Company;Street 2;District;State;Phone;"
                        + "Total;Ship by;Note;adjustment.Shipping;adjustment.Voucher;metadata.cart;metadata.A/b",
                ROW + ";WebShop;2026-03-02 09:30:12 +0100;Granny;g@example.org;Engines Ltd;Flat 3;St James;Kent;"
                        + "+44 20;28,40;2026-03-03T16:00:00Z;\"Dear\nAda\";4,90;-1.50;8c1f;x");

        assertThat(order.channel()).isEqualTo("webshop");
        assertThat(order.placedAt()).isEqualTo(Instant.parse("2026-03-02T08:30:12Z"));
        assertThat(order.customer().name()).isEqualTo("Granny");
        assertThat(order.customer().email()).isEqualTo("g@example.org");
        assertThat(order.shipTo().company()).isEqualTo("Engines Ltd");
        assertThat(order.shipTo().street()).isEqualTo("12 Duke Street\nFlat 3");
        assertThat(order.shipTo().district()).isEqualTo("St James");
        assertThat(order.shipTo().state()).isEqualTo("Kent");
        assertThat(order.shipTo().phone()).isEqualTo("+44 20");
        assertThat(order.total()).isEqualTo("28.40");
        assertThat(order.shipBy()).isEqualTo(Instant.parse("2026-03-03T16:00:00Z"));
        assertThat(order.note()).isEqualTo("Dear\nAda");
        assertThat(order.adjustments()).extracting(one -> one.label() + " " + one.amount())
                .containsExactly("Shipping 4.90", "Voucher -1.50");
        assertThat(order.metadata()).isEqualTo(Map.of("cart", "8c1f", "A/b", "x"));
    }

    @Test
    void rowsOfOneOrder_areItsLines_andMayLeaveTheRestBlank() {
        List<CsvOrderReader.Read> orders = read(HEADER, ROW, "W-1;;;;;;;RIBBON;Ribbon;1;3.00",
                with("Order number", "W-2"),
                "W-2;Ada Byron;12 Duke Street;SW1Y 4JH;London;GB;GBP;PUNCH;Punch cards;3;12.50");

        assertThat(orders).extracting(read -> read.draft().lines().stream().map(OrderLine::quantity).toList())
                .containsExactly(List.of(2, 1), List.of(2, 3));
    }

    @Test
    void rowsOfOneOrder_mustAgreeAndFollowOneAnother() {
        assertThat(problems(HEADER, ROW, with("City", "Leeds"), with("Order number", "W-2"), ROW))
                .containsExactly(
                        "2 null: The rows of an order must follow one another. Further rows of this one begin at row 5."
                                + " Sort the file by order number.",
                        "3 City: This differs from row 2. An order has one value here; further rows may leave it blank.",
                        "5 null: The rows of an order must follow one another. Further rows of this one begin at row 2."
                                + " Sort the file by order number.");
    }

    @Test
    void sameNumberInAnotherChannel_isAnotherOrder() {
        assertThat(read(HEADER + ";channel", ROW + ";a", ROW + ";b", with("Order number", "W-2") + ";a", ROW + ";A"))
                .extracting(read -> read.problems().isEmpty())
                .containsExactly(false, true, true, false);
    }

    @Test
    void problems_nameRowAndColumn() {
        assertThat(problems(HEADER, "W-1;Ada;Street;;;DE;EURO;;Title;1.5;1,5", "W-1;;;;;;;A;;0;12.50",
                with("Order number", "")))
                .containsExactlyInAnyOrder(
                        "2 Quantity: This must be a whole number, such as 2.",
                        "2 City: This is required for addresses in DE.",
                        "2 Postal code: This is required for addresses in DE.",
                        "2 Currency: This must be an ISO 4217 currency code in capitals, for example EUR.",
                        "2 SKU: This is required.",
                        "3 Title: This is required.",
                        "3 Quantity: This must be from 1 to 1000000.",
                        "4 Order number: This is required in a file: by the number, an order that comes again is known.");
    }

    @Test
    void columnThatIsAbsent_hasItsUsualNameInProblems() {
        assertThat(problems(HEADER.replace(";City", ""), ROW.replace(";London", "")))
                .containsExactly("2 city: This is required for addresses in GB.");
    }

    @Test
    void recipientThatIsMissing_isToldOnce() {
        assertThat(problems(HEADER, with("Recipient", ""))).containsExactly("2 Recipient: This is required.");
    }

    @Test
    void cellsWithoutAColumn_areNotDroppedSilently() {
        assertThat(problems(HEADER, ROW + ";;", ROW.replace("W-1", "W-2") + ";;x")).containsExactly(
                "3 null: This row has more cells than there are columns. A text that contains the separator must stand"
                        + " in quotes.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            12,50     | 12.50
            1.234,50  | 1234.50
            1,234.50  | 1234.50
            1.234.567,8 | 1234567.80
            7         | 7.00
            0,5       | 0.50
            """)
    void amounts_areReadWhereTheyAreClear(String cell, String amount) {
        assertThat(order(HEADER, with("Unit price", cell)).lines().get(0).unitPrice()).isEqualTo(amount);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,234", "1.234", "1,234,567", "£12.50", "12.50 GBP", "1 234,50", "1,23.50", "-1,00",
            "1e3"})
    void amountsThatAreNot_areRefused(String cell) {
        assertThat(problems(HEADER, with("Unit price", cell))).singleElement().asString().startsWith("2 Unit price: ");
    }

    @Test
    void commaBeforeThreeDigits_isAmbiguous() {
        assertThat(problems(HEADER, with("Unit price", "1,234"))).containsExactly("2 Unit price: This may be a decimal"
                + " comma or a thousands separator. Write it without a separator, and decimals with a point.");
        assertThat(CsvAmount.isAmbiguous("0,234")).isFalse();
        assertThat(CsvAmount.isAmbiguous("1234,567")).isFalse();
    }
}
