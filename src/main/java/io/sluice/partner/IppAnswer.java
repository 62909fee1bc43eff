package io.sluice.partner;

import java.time.Duration;
import java.util.Set;

import com.hp.jipp.encoding.IppPacket;
import com.hp.jipp.encoding.Tag;
import com.hp.jipp.model.Status;
import com.hp.jipp.model.Types;

import io.sluice.order.Partner;
import io.sluice.order.Reason;
import io.sluice.order.StepResult;

/** What a printer's status code (RFC 8011, appendix B) means for the order. */
final class IppAnswer {
    private static final int CLIENT_ERROR = 0x0400;
    private static final int SERVER_ERROR = 0x0500;
    /** The printer is well, and has another job. */
    private static final Set<Status> BUSY = Set.of(Status.serverErrorBusy, Status.serverErrorTooManyJobs);
    /** A server's errors by their name, but asking again will not mend them. */
    private static final Set<Status> FINAL = Set.of(Status.serverErrorOperationNotSupported,
            Status.serverErrorVersionNotSupported, Status.serverErrorJobCanceled,
            Status.serverErrorMultipleDocumentJobsNotSupported, Status.serverErrorTooManyDocuments);
    private static final Duration WHEN_BUSY = Duration.ofSeconds(2);

    private IppAnswer() {}

    static boolean busy(IppPacket answer) {
        return BUSY.contains(answer.getStatus());
    }

    /**
     * The same answer, if it is a success.
     *
     * @throws NotDone for every other one
     */
    static IppPacket check(Partner printer, IppPacket answer) {
        if (answer.getCode() < CLIENT_ERROR) {
            return answer;
        }
        throw new NotDone(result(printer, answer), 0);
    }

    private static StepResult result(Partner printer, IppPacket answer) {
        Status status = answer.getStatus();
        String detail = PartnerText.the(printer) + " answered " + name(answer) + ".";
        if (busy(answer)) {
            return new StepResult.Postponed(new Reason(Reason.PARTNER_BUSY, detail, null), WHEN_BUSY);
        }
        boolean mayPass = answer.getCode() >= SERVER_ERROR && !FINAL.contains(status)
                || Status.clientErrorTimeout.equals(status);
        return mayPass
                ? new StepResult.Unavailable(new Reason(Status.serverErrorInternalError.equals(status)
                        ? Reason.PARTNER_ERROR // it may be this document that it cannot process
                        : Reason.PARTNER_UNAVAILABLE, detail, null), null)
                : new StepResult.Refused(new Reason(Reason.PARTNER_REFUSED, detail, null));
    }

    /** {@code client-error-document-format-error: what the printer says of it}. */
    private static String name(IppPacket answer) {
        String message = answer.getString(Tag.operationAttributes, Types.statusMessage);
        String name = answer.getStatus().getName();
        return message == null || message.isBlank()
                ? name
                : name + ": " + PartnerText.clean(message).replaceAll("\\.$", "");
    }
}
