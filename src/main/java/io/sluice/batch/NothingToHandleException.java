package io.sluice.batch;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.sluice.http.Problem;
import io.sluice.http.ProblemException;
import io.sluice.http.ProblemType;
import io.sluice.json.InputError;

/** 422: there is no batch, because none of the orders that were asked for can be taken. */
public final class NothingToHandleException extends ProblemException {
    private static final int MAX_ERRORS = 100;

    private final transient List<Rejected> rejected;

    private NothingToHandleException(String detail, List<InputError> errors, List<Rejected> rejected) {
        super(Problem.of(ProblemType.INVALID, detail, errors), Map.of());
        this.rejected = rejected;
    }

    static NothingToHandleException of(BatchRequest request, Selection selection) {
        List<Rejected> rejected = selection.rejected();
        String detail = rejected.isEmpty()
                ? "There is no batch because no orders match."
                : "There is no batch because none of the orders can be handled.";
        return new NothingToHandleException(detail, rejected.stream()
                .limit(MAX_ERRORS)
                .map(order -> InputError.at(pointer(request, order.orderId()), order.orderId() + ": " + order.reason()))
                .toList(), rejected);
    }

    private static String pointer(BatchRequest request, UUID order) {
        return request.filter() == null ? "/orderIds/" + List.copyOf(request.orderIds()).indexOf(order) : "/filter";
    }

    /** The orders and the reasons, the first of them by name. */
    public List<Rejected> rejected() {
        return rejected;
    }
}
