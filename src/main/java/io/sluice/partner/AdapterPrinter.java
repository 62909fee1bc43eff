package io.sluice.partner;

import java.time.Clock;
import java.util.UUID;

import io.sluice.order.Partner;
import io.sluice.order.StepResult;
import io.smallrye.mutiny.Uni;

/** A printer behind the protocol of {@code docs/partners.md}, the simulator's. */
record AdapterPrinter(Partner partner, PrinterClient client, CallSpans spans, Lookups lookups,
        Clock clock) implements SlipPrinter {
    /** No order has it. */
    private static final UUID NO_ORDER = new UUID(0, 0);

    @Override
    public Uni<StepResult> print(StepCall call, byte[] pdf) {
        PartnerAnswer answer = new PartnerAnswer(partner, clock);
        return spans
                .call("POST", "/jobs", call.traceparent(),
                        trace -> client.print(trace, call.idempotencyKey(), call.sendBefore(),
                                PrinterClient.PrintJob.of(call, pdf)))
                .map(answer::read)
                .map(printed -> StepResult.Done.PLAIN);
    }

    @Override
    public Uni<StepResult> found(StepCall call) {
        return lookups.found(call);
    }

    @Override
    public Uni<?> probe() {
        return lookups.of(partner, NO_ORDER, null);
    }
}
