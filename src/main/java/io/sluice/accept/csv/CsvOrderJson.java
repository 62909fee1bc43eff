package io.sluice.accept.csv;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sluice.json.InputError;
import io.sluice.json.JsonPointers;

/** An order of a file as the JSON that a shop would have sent, and where in the file its values come from. */
final class CsvOrderJson {
    private static final Pattern WHOLE = Pattern.compile("(\\d{1,9})(\\.0{1,2})?");
    /** As Shopify writes it: a blank instead of the T, and an offset without colon. */
    private static final Pattern SHOP_TIME = Pattern
            .compile("(\\d{4}-\\d\\d-\\d\\d)[ T](\\d\\d:\\d\\d:\\d\\d) ?(Z|[+-]\\d\\d:?\\d\\d)");
    private static final String SHIP_TO_NAME = "/shipTo/name";
    private static final String CUSTOMER_NAME = "/customer/name";

    private final CsvOrder order;
    private final CsvHeader header;
    private final ObjectNode tree = JsonNodeFactory.instance.objectNode();
    private final Map<String, Place> places = new HashMap<>();
    private final List<CsvProblem> problems = new ArrayList<>();

    /** @param column its name in the file */
    private record Place(CsvRow row, String column) {

        CsvProblem problem(String detail) {
            return new CsvProblem(row.number(), column, detail);
        }
    }

    CsvOrderJson(CsvOrder order, CsvHeader header, CsvOptions options) {
        this.order = order;
        this.header = header;
        checkRows();
        tree.put("channel", options.channel());
        tree.put("handling", options.handling().wireName());
        tree.putObject("customer");
        tree.putObject("shipTo");
        ArrayNode lines = tree.putArray("lines");
        order.rows().forEach(row -> lines.add(line(row, lines.size())));
        header.known().stream().filter(column -> !column.field().isOfLine()).forEach(this::add);
        addStreet2();
        addCustomer();
    }

    JsonNode tree() {
        return tree;
    }

    /** What is wrong with the rows before they are read as an order. */
    List<CsvProblem> problems() {
        return problems;
    }

    /** An error of the order, told by row and column. */
    CsvProblem problem(InputError error) {
        Place place = places.get(error.pointer());
        if (place == null) {
            String column = CsvField.at(error.pointer())
                    .filter(field -> !field.isPrefix())
                    .map(CsvField::title)
                    .orElse(null);
            place = new Place(order.first(), column);
        }
        return place.problem(error.detail());
    }

    private void checkRows() {
        if (order.elsewhere() > 0) {
            problems.add(new CsvProblem(order.first().number(), null, "The rows of an order must follow one another. "
                    + "Further rows of this one begin at row " + order.elsewhere()
                    + ". Sort the file by order number."));
        }
        for (CsvRow row : order.rows()) {
            if (row.hasValuesFrom(header.width())) {
                problems.add(new CsvProblem(row.number(), null, "This row has more cells than there are columns. "
                        + "A text that contains the separator must stand in quotes."));
            }
        }
        header.column(CsvField.EXTERNAL_ID)
                .filter(column -> order.first().cell(column.index()).isEmpty())
                .ifPresent(column -> problems.add(new Place(order.first(), column.name())
                        .problem("This is required in a file: by the number, an order that comes again is known.")));
    }

    private ObjectNode line(CsvRow row, int index) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        for (CsvHeader.Column column : header.known()) {
            if (column.field().isOfLine()) {
                String key = column.field().key();
                Place place = place("/lines/" + index + "/" + key, row, column);
                put(line, key, column.field(), row.cell(column.index()), place);
            }
        }
        return line;
    }

    /** A value of the order as a whole: that of the first row that has one. */
    private void add(CsvHeader.Column column) {
        CsvRow source = null;
        String text = "";
        for (CsvRow row : order.rows()) {
            String cell = row.cell(column.index());
            if (source == null && !cell.isEmpty()) {
                source = row;
                text = cell;
            } else if (!cell.isEmpty() && !cell.equals(text)) {
                problems.add(new Place(row, column.name()).problem("This differs from row " + source.number()
                        + ". An order has one value here; further rows may leave it blank."));
            }
        }
        add(column, source == null ? order.first() : source, text);
    }

    private void add(CsvHeader.Column column, CsvRow row, String text) {
        switch (column.field()) {
            case ADJUSTMENT -> addAdjustment(column, row, text);
            case METADATA -> {
                place("/metadata/" + JsonPointers.escape(column.suffix()), row, column);
                if (!text.isEmpty()) {
                    tree.withObject("/metadata").put(column.suffix(), text);
                }
            }
            default -> {
                String parent = column.field().parent();
                String key = column.field().key();
                ObjectNode object = parent.isEmpty() ? tree : (ObjectNode) tree.get(parent);
                Place place = place((parent.isEmpty() ? "/" : "/" + parent + "/") + key, row, column);
                put(object, key, column.field(), text, place);
            }
        }
    }

    private void addAdjustment(CsvHeader.Column column, CsvRow row, String text) {
        if (!text.isEmpty()) {
            ArrayNode adjustments = tree.withArray("/adjustments");
            Place place = place("/adjustments/" + adjustments.size() + "/amount", row, column);
            ObjectNode adjustment = adjustments.addObject().put("label", column.suffix());
            put(adjustment, "amount", column.field(), text, place);
        }
    }

    private Place place(String pointer, CsvRow row, CsvHeader.Column column) {
        Place place = new Place(row, column.name());
        places.put(pointer, place);
        return place;
    }

    private void put(ObjectNode object, String key, CsvField field, String text, Place place) {
        if (text.isEmpty()) {
            return;
        }
        if (field == CsvField.QUANTITY) {
            Matcher whole = WHOLE.matcher(text);
            if (whole.matches()) {
                object.put(key, Integer.parseInt(whole.group(1)));
            } else {
                problems.add(place.problem("This must be a whole number, such as 2."));
            }
        } else if (field.isAmount()) {
            if (CsvAmount.isAmbiguous(text)) {
                problems.add(place.problem("This may be a decimal comma or a thousands separator. Write it "
                        + "without a separator, and decimals with a point."));
            }
            object.put(key, CsvAmount.withPoint(text));
        } else if (field == CsvField.PLACED_AT || field == CsvField.SHIP_BY) {
            object.put(key, time(text));
        } else {
            object.put(key, text);
        }
    }

    private static String time(String text) {
        Matcher time = SHOP_TIME.matcher(text);
        if (!time.matches()) {
            return text;
        }
        String offset = time.group(3);
        return time.group(1) + "T" + time.group(2)
                + (offset.length() == 5 ? offset.substring(0, 3) + ":" + offset.substring(3) : offset);
    }

    private void addStreet2() {
        ObjectNode shipTo = (ObjectNode) tree.get("shipTo");
        JsonNode street2 = shipTo.remove(CsvField.STREET_2.key());
        if (street2 != null && shipTo.has("street")) {
            shipTo.put("street", shipTo.get("street").textValue() + "\n" + street2.textValue());
        } else if (street2 != null) {
            shipTo.set("street", street2);
        }
    }

    /** Files often have no customer, or only where it is not the recipient. */
    private void addCustomer() {
        ObjectNode customer = (ObjectNode) tree.get("customer");
        if (!customer.has("name")) {
            places.put(CUSTOMER_NAME, places.get(SHIP_TO_NAME));
            customer.set("name", tree.get("shipTo").get("name"));
        }
    }
}
