package io.sluice.accept.csv;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.sluice.order.OrderDraft;

/**
 * Rows that follow one another and have the same channel and order number.
 *
 * @param elsewhere the first of further rows of this order that stand apart from these; 0 if there are none
 */
record CsvOrder(List<CsvRow> rows, int elsewhere) {

    /**
     * The orders of a file, in its sequence.
     *
     * @param channel of rows that name none
     */
    static List<CsvOrder> of(CsvFile file, String channel) {
        List<List<CsvRow>> groups = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (CsvRow row : file.rows()) {
            String name = name(file.header(), row, channel);
            // A row without an order number belongs to no other.
            if (groups.isEmpty() || name == null || !name.equals(names.get(names.size() - 1))) {
                groups.add(new ArrayList<>());
                names.add(name);
            }
            groups.get(groups.size() - 1).add(row);
        }
        return withRowsElsewhere(groups, names);
    }

    private static List<CsvOrder> withRowsElsewhere(List<List<CsvRow>> groups, List<String> names) {
        Map<String, List<Integer>> places = new HashMap<>();
        for (int i = 0; i < groups.size(); i++) {
            if (names.get(i) != null) {
                places.computeIfAbsent(names.get(i), name -> new ArrayList<>()).add(i);
            }
        }
        List<CsvOrder> orders = new ArrayList<>(groups.size());
        for (int i = 0; i < groups.size(); i++) {
            int self = i;
            Optional<Integer> other = places.getOrDefault(names.get(i), List.of())
                    .stream()
                    .filter(place -> place != self)
                    .findFirst();
            orders.add(new CsvOrder(List.copyOf(groups.get(i)),
                    other.map(place -> groups.get(place).get(0).number()).orElse(0)));
        }
        return orders;
    }

    private static String name(CsvHeader header, CsvRow row, String channel) {
        String number = cell(header, row, CsvField.EXTERNAL_ID);
        if (number.isEmpty()) {
            return null;
        }
        String own = cell(header, row, CsvField.CHANNEL);
        return OrderDraft.channelName(own.isEmpty() ? channel : own) + '\n' + number;
    }

    private static String cell(CsvHeader header, CsvRow row, CsvField field) {
        return header.column(field).map(column -> row.cell(column.index())).orElse("");
    }

    CsvRow first() {
        return rows.get(0);
    }
}
