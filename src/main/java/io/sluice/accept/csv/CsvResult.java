package io.sluice.accept.csv;

import java.util.List;
import java.util.UUID;

import io.sluice.accept.BulkAnswer;
import io.sluice.http.ProblemException;
import io.sluice.order.OrderDraft;

/**
 * What becomes of an order of a file.
 *
 * @param row      its first row
 * @param draft    null if the order cannot be read
 * @param answer   what a single post is, or would be, answered with; without an id if it was not posted
 * @param problems by row and column, if there is a problem
 */
public record CsvResult(int row, OrderDraft draft, BulkAnswer answer, List<CsvProblem> problems) {
    private static final int CREATED = 202;
    private static final int KNOWN = 200;
    private static final int FAILED = 500;

    static CsvResult unreadable(CsvOrderReader.Read read) {
        return new CsvResult(read.order().first().number(), null,
                BulkAnswer.refused(
                        ProblemException.invalid(read.problems().stream().map(CsvProblem::toError).toList())),
                read.problems());
    }

    static CsvResult created(CsvOrderReader.Read read) {
        return new CsvResult(read.order().first().number(), read.draft(), new BulkAnswer(CREATED, null, null),
                List.of());
    }

    static CsvResult known(CsvOrderReader.Read read, UUID id) {
        return new CsvResult(read.order().first().number(), read.draft(), new BulkAnswer(KNOWN, id, null), List.of());
    }

    static CsvResult refused(CsvOrderReader.Read read, ProblemException refusal) {
        return created(read).refused(refusal);
    }

    CsvResult answered(BulkAnswer other) {
        return new CsvResult(row, draft, other, problems);
    }

    CsvResult refused(ProblemException refusal) {
        return new CsvResult(row, draft, BulkAnswer.refused(refusal),
                List.of(new CsvProblem(row, null, refusal.getMessage())));
    }

    public boolean isNew() {
        return answer.status() == CREATED;
    }

    public boolean isKnown() {
        return answer.status() == KNOWN;
    }

    /** Whether the order could not be stored for a reason that passes. */
    public boolean isPostponed() {
        return answer.status() >= FAILED;
    }
}
