package io.sluice.accept.csv;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import io.sluice.json.NearestName;

/**
 * The columns of a file, by the names in its first row.
 *
 * @param width   the number of columns, those without a name at the end left out
 * @param known   the columns that fill a field
 * @param unknown the names of other columns
 */
record CsvHeader(CsvRow row, int width, List<Column> known, List<String> unknown) {
    static final CsvHeader NONE = new CsvHeader(new CsvRow(1, List.of()), 0, List.of(), List.of());

    /** A column that fills a field. */
    record Column(int index, String name, CsvField field) {

        /** What the name says after the prefix of its field. */
        String suffix() {
            return name.substring(name.indexOf('.') + 1).strip();
        }
    }

    static CsvHeader of(CsvRow row) {
        int width = IntStream.range(0, row.cells().size())
                .filter(index -> !row.cell(index).isEmpty())
                .map(index -> index + 1)
                .max()
                .orElse(0);
        List<Column> known = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (int index = 0; index < width; index++) {
            String name = row.cell(index);
            Optional<CsvField> field = CsvField.named(name);
            if (field.isPresent()) {
                known.add(new Column(index, name, field.get()));
            } else {
                unknown.add(name);
            }
        }
        return new CsvHeader(row, width, List.copyOf(known), List.copyOf(unknown));
    }

    Optional<Column> column(CsvField field) {
        return known.stream().filter(column -> column.field() == field).findFirst();
    }

    /** Why no order of the file can be read. */
    List<CsvProblem> problems(boolean ignoreUnknown) {
        List<CsvProblem> problems = new ArrayList<>();
        for (CsvField required : CsvField.REQUIRED) {
            if (column(required).isEmpty()) {
                problems.add(problem(required.title(), "The file has no column '" + required.title() + "'."));
            }
        }
        for (Column column : known) {
            known.stream()
                    .filter(other -> isDouble(column, other))
                    .findFirst()
                    .ifPresent(other -> problems
                            .add(problem(column.name(), "The columns '" + other.name() + "' and '" + column.name()
                                    + "' mean the same. Remove or rename one of them.")));
        }
        if (!ignoreUnknown) {
            unknown.forEach(name -> problems.add(problem(name, unknown(name))));
        }
        return problems;
    }

    private static boolean isDouble(Column column, Column other) {
        return other.index() < column.index() && other.field() == column.field()
                && (!column.field().isPrefix() || other.suffix().equals(column.suffix()));
    }

    private static String unknown(String name) {
        String nearest = name.isEmpty() ? null : NearestName.of(name, CsvField.titles());
        return (name.isEmpty() ? "A column has no name." : "The column '" + name + "' is not known.")
                + (nearest == null ? "" : " Did you mean '" + nearest + "'?");
    }

    private CsvProblem problem(String column, String detail) {
        return new CsvProblem(row.number(), column, detail);
    }
}
