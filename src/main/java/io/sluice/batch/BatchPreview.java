package io.sluice.batch;

import java.util.List;

/**
 * What a batch would be if it were made now, as JSON shows it.
 *
 * @param total         orders that it would take
 * @param printer       prints all of its slips; null if each order's own does
 * @param rejected      the first of those that it would not
 * @param rejectedTotal all of them
 */
public record BatchPreview(int total, String printOrder, String onFailure, String printer, List<Rejected> rejected,
        int rejectedTotal) {

    static BatchPreview of(int total, BatchRequest request, Rejections rejections) {
        return new BatchPreview(total, request.printOrder().wireName(), request.onFailure().wireName(),
                request.printer(),
                rejections.named(), rejections.total());
    }
}
