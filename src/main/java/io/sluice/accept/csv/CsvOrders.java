package io.sluice.accept.csv;

import java.util.List;
import java.util.stream.IntStream;

import io.sluice.accept.OrderReader;
import io.sluice.http.ProblemException;

/** The orders of a file that could be parsed. */
public final class CsvOrders {
    /** As many as one transaction takes. */
    private static final int CHUNK = 500;

    private final CsvFile file;
    private final CsvOrderReader reader;
    private final List<CsvOrder> orders;
    private final List<CsvProblem> problems;

    private CsvOrders(CsvFile file, CsvOrderReader reader, List<CsvOrder> orders, List<CsvProblem> problems) {
        this.file = file;
        this.reader = reader;
        this.orders = orders;
        this.problems = problems;
    }

    /** @throws ProblemException if the file cannot be read at all */
    static CsvOrders of(byte[] file, CsvOptions options, OrderReader reader) {
        CsvFile parsed = CsvFile.parse(file);
        List<CsvProblem> problems = parsed.header().problems(options.ignoreUnknown());
        return new CsvOrders(parsed, new CsvOrderReader(reader, parsed.header(), options),
                problems.isEmpty() ? CsvOrder.of(parsed, options.channel()) : List.of(), problems);
    }

    /** The orders, a chunk at a time. */
    List<List<CsvOrder>> chunks() {
        return IntStream.iterate(0, from -> from < orders.size(), from -> from + CHUNK)
                .mapToObj(from -> orders.subList(from, Math.min(from + CHUNK, orders.size())))
                .toList();
    }

    CsvOrderReader reader() {
        return reader;
    }

    /** What is wrong with the columns; then the file has no orders. */
    public List<CsvProblem> problems() {
        return problems;
    }

    /** @throws ProblemException 422 with {@link #problems}, if there are any */
    public CsvOrders checked() {
        if (!problems.isEmpty()) {
            throw ProblemException.invalid(problems.stream().map(CsvProblem::toError).toList());
        }
        return this;
    }

    /** Names of columns that are not known. */
    public List<String> unknownColumns() {
        return file.header().unknown();
    }

    /** How many rows there are, without the header and blank ones. */
    public int rows() {
        return file.rows().size();
    }
}
