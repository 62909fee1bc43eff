package io.sluice.accept.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import io.sluice.accept.OrderReader;
import io.sluice.order.Handling;
import io.sluice.order.OrderDraft;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever orders stand in a file, in whatever dialect, they are those that the same JSON makes. */
class CsvPropertiesTest {
    private static final OrderReader READER = new OrderReader(Clock.systemUTC());
    private static final List<CsvField> COLUMNS = List.of(CsvField.CHANNEL, CsvField.EXTERNAL_ID, CsvField.PLACED_AT,
            CsvField.CUSTOMER_NAME, CsvField.EMAIL, CsvField.RECIPIENT, CsvField.STREET, CsvField.POSTAL_CODE,
            CsvField.CITY, CsvField.COUNTRY, CsvField.CURRENCY, CsvField.NOTE, CsvField.SKU, CsvField.TITLE,
            CsvField.QUANTITY, CsvField.UNIT_PRICE);

    record Line(String sku, String title, int quantity, int cents) {}

    record Order(String name, String text, List<Line> lines) {}

    /** @param seed of the sequence of the columns, and of which cells of further rows are blank */
    record Dialect(char separator, LineDelimiter lineBreak, boolean allQuoted, boolean mark, boolean comma,
            long seed) {}

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void ordersOfAFile_areThoseOfTheSameJson(@ForAll("orders") List<Order> orders,
            @ForAll("dialects") Dialect dialect) {
        byte[] file = file(orders, dialect).getBytes(UTF_8);
        CsvOrders read = CsvOrders.of(file, new CsvOptions(null, Handling.AUTO, false), READER);

        List<CsvOrderReader.Read> all = read.chunks().stream().flatMap(List::stream).map(read.reader()::read).toList();
        assertThat(all).flatExtracting(CsvOrderReader.Read::problems).isEmpty();
        assertThat(all).extracting(CsvOrderReader.Read::draft).isEqualTo(drafts(orders));
    }

    private static List<OrderDraft> drafts(List<Order> orders) {
        List<OrderDraft> drafts = new ArrayList<>();
        for (int i = 0; i < orders.size(); i++) {
            Order order = orders.get(i);
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("channel", "Shop-" + i % 2).put("externalId", "N-" + i).put("placedAt", "2026-03-02T09:30:12Z");
            json.putObject("customer").put("name", order.name()).put("email", "a@example.org");
            json.putObject("shipTo")
                    .put("name", order.name())
                    .put("street", order.text())
                    .put("postalCode", "10117")
                    .put("city", "Berlin")
                    .put("country", "DE");
            json.put("currency", "EUR").put("note", order.text());
            order.lines()
                    .forEach(line -> json.withArray("/lines")
                            .addObject()
                            .put("sku", line.sku())
                            .put("title", line.title())
                            .put("quantity", line.quantity())
                            .put("unitPrice", price(line, '.')));
            drafts.add(READER.read(json));
        }
        return drafts;
    }

    private static String file(List<Order> orders, Dialect dialect) {
        Random random = new Random(dialect.seed());
        List<CsvField> columns = new ArrayList<>(COLUMNS);
        Collections.shuffle(columns, random);
        StringWriter text = new StringWriter().append(dialect.mark() ? "\uFEFF" : "");
        CsvWriter csv = CsvWriter.builder()
                .bufferSize(0)
                .fieldSeparator(dialect.separator())
                .lineDelimiter(dialect.lineBreak())
                .quoteStrategy(dialect.allQuoted() ? QuoteStrategies.ALWAYS : QuoteStrategies.REQUIRED)
                .build(text);
        csv.writeRecord(columns.stream().map(CsvField::title).toList());
        for (int i = 0; i < orders.size(); i++) {
            for (int line = 0; line < orders.get(i).lines().size(); line++) {
                List<String> cells = new ArrayList<>();
                for (CsvField column : columns) {
                    boolean names = column == CsvField.CHANNEL || column == CsvField.EXTERNAL_ID || column.isOfLine();
                    boolean blank = line > 0 && !names && random.nextBoolean();
                    cells.add(blank ? "" : cell(column, i, orders.get(i), orders.get(i).lines().get(line), dialect));
                }
                csv.writeRecord(cells);
                if (random.nextInt(5) == 0) {
                    csv.writeRecord("", " ");
                }
            }
        }
        return text.toString();
    }

    private static String cell(CsvField column, int index, Order order, Line line, Dialect dialect) {
        return switch (column) {
            case CHANNEL -> "Shop-" + index % 2;
            case EXTERNAL_ID -> "N-" + index;
            case PLACED_AT -> "2026-03-02T09:30:12Z";
            case CUSTOMER_NAME, RECIPIENT -> order.name();
            case EMAIL -> "a@example.org";
            case STREET, NOTE -> order.text();
            case POSTAL_CODE -> "10117";
            case CITY -> "Berlin";
            case COUNTRY -> "DE";
            case CURRENCY -> "EUR";
            case SKU -> line.sku();
            case TITLE -> line.title();
            case QUANTITY -> Integer.toString(line.quantity());
            case UNIT_PRICE -> price(line, dialect.comma() ? ',' : '.');
            default -> throw new IllegalArgumentException(column.title());
        };
    }

    private static String price(Line line, char point) {
        return line.cents() / 100 + String.valueOf(point) + "%02d".formatted(line.cents() % 100);
    }

    /** What dialects stumble over, never blank, and without outer quotes' twins: a letter comes first and last. */
    private static Arbitrary<String> text(String characters) {
        return Arbitraries.strings()
                .withChars(characters.toCharArray())
                .ofMaxLength(8)
                .map(middle -> "x" + middle + "y");
    }

    @Provide
    Arbitrary<List<Order>> orders() {
        Arbitrary<Line> line = Combinators.combine(text("a\",; "), text("ä\"',;|€ "),
                Arbitraries.integers().between(1, 99), Arbitraries.integers().between(0, 99_999)).as(Line::new);
        return Combinators.combine(text("äß山 \"',;"), text("\"\n,; a"), line.list().ofMinSize(1).ofMaxSize(4))
                .as(Order::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(8)
                .filter(orders -> orders.stream().allMatch(order -> order.text().lines().count() <= 4));
    }

    @Provide
    Arbitrary<Dialect> dialects() {
        return Combinators.combine(Arbitraries.of(',', ';', '\t'), Arbitraries.of(LineDelimiter.LF, LineDelimiter.CRLF),
                Arbitraries.of(true, false), Arbitraries.of(true, false), Arbitraries.of(true, false),
                Arbitraries.longs()).as(Dialect::new);
    }
}
