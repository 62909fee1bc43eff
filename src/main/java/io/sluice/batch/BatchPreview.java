package io.sluice.batch;

import java.util.List;

/**
 * What a batch would be if it were made now, as JSON shows it.
 *
 * @param total         orders that it would take
 * @param retried       how many of these have failed before; they go on at the step that failed
 * @param printer       prints all of its slips; null if each order's own does
 * @param rejected      the first of those that it would not
 * @param rejectedTotal all of them
 */
public record BatchPreview(int total, int retried, String printOrder, String onFailure, String printer,
        List<Rejected> rejected,
        int rejectedTotal) {

    static BatchPreview of(BatchRequest request, int total, Selection selection) {
        return new BatchPreview(total, selection.retried(), request.printOrder().wireName(),
                request.onFailure().wireName(),
                request.printer(), selection.rejected(), selection.rejectedTotal());
    }
}
