package io.sluice.batch;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.sluice.http.Problem;
import io.sluice.http.ProblemException;
import io.sluice.http.ProblemType;
import io.sluice.json.InputError;

/** 422: none of the orders that were asked for can be handled now, so there is no batch. */
public final class EmptyBatchException extends ProblemException {
    private static final int MAX_ERRORS = 100;

    private final transient List<Rejected> rejected;

    EmptyBatchException(BatchRequest request, Selection selection) {
        super(Problem.of(ProblemType.INVALID, detail(selection), errors(request, selection.rejected())), Map.of());
        this.rejected = selection.rejected();
    }

    /** The first orders that were asked for, and why each cannot be handled. */
    public List<Rejected> rejected() {
        return rejected;
    }

    private static String detail(Selection selection) {
        return selection.rejectedTotal() == 0
                ? "There is no batch because no orders match."
                : "There is no batch because none of the orders can be handled now.";
    }

    private static List<InputError> errors(BatchRequest request, List<Rejected> rejected) {
        return request.filter() != null
                ? List.of()
                : IntStream.range(0, Math.min(MAX_ERRORS, rejected.size()))
                        .mapToObj(i -> InputError.at(
                                "/orderIds/" + request.orderIds().indexOf(rejected.get(i).orderId()),
                                rejected.get(i).reason()))
                        .toList();
    }
}
