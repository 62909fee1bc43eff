package io.sluice.accept.csv;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.sluice.accept.OrderReader;
import io.sluice.http.ProblemException;
import io.sluice.json.InputError;
import io.sluice.order.OrderDraft;

/** Reads the orders of a file by the rules of all orders. Safe for use by several threads. */
final class CsvOrderReader {
    private final OrderReader reader;
    private final CsvHeader header;
    private final CsvOptions options;

    CsvOrderReader(OrderReader reader, CsvHeader header, CsvOptions options) {
        this.reader = reader;
        this.header = header;
        this.options = options;
    }

    /**
     * An order, or what is wrong with it.
     *
     * @param draft null if there are problems
     */
    record Read(CsvOrder order, OrderDraft draft, List<CsvProblem> problems) {}

    Read read(CsvOrder order) {
        CsvOrderJson json = new CsvOrderJson(order, header, options);
        List<CsvProblem> problems = new ArrayList<>(json.problems());
        OrderDraft draft = null;
        try {
            draft = reader.read(json.tree());
        } catch (ProblemException refused) {
            List<InputError> errors = refused.problem().errors();
            if (errors.isEmpty()) {
                problems.add(new CsvProblem(order.first().number(), null, refused.getMessage()));
            }
            errors.stream().map(json::problem).forEach(problem -> addUnlessTold(problem, problems));
        }
        if (draft != null && !options.allows(draft.channel())) {
            problems.add(new CsvProblem(order.first().number(), null,
                    "You may not send orders of the channel " + draft.channel() + "."));
        }
        problems.sort(Comparator.comparingInt(CsvProblem::row));
        return new Read(order, problems.isEmpty() ? draft : null, List.copyOf(problems));
    }

    /** What cannot even be turned into JSON was left out there, so the reader misses it. */
    private static void addUnlessTold(CsvProblem problem, List<CsvProblem> told) {
        if (told.stream().noneMatch(problem::isAtSamePlaceAs)) {
            told.add(problem);
        }
    }
}
