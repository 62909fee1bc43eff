package io.sluice.partner;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import com.hp.jipp.encoding.AttributeGroup;
import com.hp.jipp.encoding.IppPacket;
import com.hp.jipp.encoding.Tag;
import com.hp.jipp.model.JobState;
import com.hp.jipp.model.Types;
import com.hp.jipp.model.WhichJobs;

import io.sluice.order.Reason;
import io.sluice.order.StepResult;
import io.smallrye.mutiny.Uni;

/**
 * A printer that speaks the Internet Printing Protocol (RFC 8011). A slip counts as printed once the printer has taken
 * it into its own queue, which keeps the sequence of arrival. IPP has no idempotency keys; the job's name serves.
 *
 * @param media    the paper of the slips, by its PWG 5101.1 name
 * @param patience how long a printer that is busy with another job is asked again within one call
 */
record IppPrinter(IppConnection connection, String media, Duration patience) implements SlipPrinter {
    private static final String USER = "sluice";
    private static final Duration PAUSE = Duration.ofMillis(500);
    /** As many as surely fit into the largest answer that is read. */
    static final int MAX_JOBS = 400;
    private static final List<JobState> NEVER_PRINTED = List.of(JobState.canceled, JobState.aborted);

    @Override
    public Uni<StepResult> print(StepCall call, byte[] pdf) {
        IppPacket job = IppPacket.printJob(printer())
                .putOperationAttributes(Types.requestingUserName.of(USER), Types.jobName.of(call.idempotencyKey()),
                        Types.documentFormat.of("application/pdf"))
                .putJobAttributes(Types.media.of(media))
                .build();
        return print(call, job, pdf, System.nanoTime() + patience.toNanos());
    }

    private Uni<StepResult> print(StepCall call, IppPacket job, byte[] pdf, long giveUpAt) {
        return connection.send(job, pdf, call.sendBefore(), call.traceparent()).chain(answer -> {
            if (IppAnswer.busy(answer) && System.nanoTime() < giveUpAt) {
                return Uni.createFrom()
                        .voidItem()
                        .onItem()
                        .delayIt()
                        .by(PAUSE)
                        .chain(() -> print(call, job, pdf, giveUpAt));
            }
            return Uni.createFrom().item(printed(answer));
        });
    }

    private StepResult printed(IppPacket answer) {
        IppAnswer.check(connection.partner(), answer);
        if (NEVER_PRINTED.contains(answer.getValue(Tag.jobAttributes, Types.jobState))) {
            return new StepResult.Refused(
                    new Reason(Reason.PARTNER_REFUSED, the() + " took the slip, and gave it up at once.", null));
        }
        return StepResult.Done.PLAIN;
    }

    /**
     * Jobs that wait come first: those that are done meanwhile are then among the others. Of the waiting ones a printer
     * names the next first, of those that are done the last: only a full list of waiting ones leaves open what comes
     * after it.
     */
    @Override
    public Uni<StepResult> found(StepCall call) {
        return found(call, WhichJobs.notCompleted)
                .chain(found -> found == null ? found(call, WhichJobs.completed) : Uni.createFrom().item(found));
    }

    private Uni<StepResult> found(StepCall call, String which) {
        IppPacket question = IppPacket.getJobs(printer(), Types.jobName, Types.jobState)
                .putOperationAttributes(Types.requestingUserName.of(USER), Types.whichJobs.of(which),
                        Types.limit.of(MAX_JOBS))
                .build();
        return connection.ask(question, call.traceparent()).map(answer -> {
            List<AttributeGroup> jobs = IppAnswer.check(connection.partner(), answer)
                    .getAttributeGroups()
                    .stream()
                    .filter(group -> group.getTag() == Tag.jobAttributes)
                    .toList();
            if (jobs.stream().anyMatch(job -> isOf(call, job))) {
                return new StepResult.Done(null, new Reason(Reason.FOUND_AT_PARTNER,
                        the() + " was asked and had taken the slip already.", null));
            }
            if (which.equals(WhichJobs.notCompleted) && jobs.size() >= MAX_JOBS) {
                throw new NotDone(new StepResult.NoAnswer(new Reason(Reason.PARTNER_NO_ANSWER,
                        the() + " has more jobs waiting than it can be asked for; whether the slip is among them is"
                                + " not known yet.",
                        null)), 0);
            }
            return null;
        });
    }

    private static boolean isOf(StepCall call, AttributeGroup job) {
        return call.idempotencyKey().equals(job.getString(Types.jobName))
                && !NEVER_PRINTED.contains(job.getValue(Types.jobState));
    }

    @Override
    public Uni<?> probe() {
        IppPacket question = IppPacket.getPrinterAttributes(printer(), Types.printerIsAcceptingJobs)
                .putOperationAttributes(Types.requestingUserName.of(USER))
                .build();
        return connection.ask(question, null).invoke(answer -> {
            IppAnswer.check(connection.partner(), answer);
            if (Boolean.FALSE.equals(answer.getValue(Tag.printerAttributes, Types.printerIsAcceptingJobs))) {
                throw new NotDone(new StepResult.Unavailable(
                        new Reason(Reason.PARTNER_UNAVAILABLE, the() + " accepts no jobs.", null), null), 0);
            }
        });
    }

    private String the() {
        return PartnerText.the(connection.partner());
    }

    private URI printer() {
        return connection.printer();
    }
}
