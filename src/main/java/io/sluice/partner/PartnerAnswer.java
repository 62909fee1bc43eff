package io.sluice.partner;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.sluice.order.Partner;
import io.sluice.order.Reason;
import io.sluice.order.StepResult;

/**
 * Reads what a partner answered, distrusting all of it. A 4xx other than 408 and 429 is a refusal; every other status
 * that is not 2xx, and everything that is no answer at all, is transient ({@code docs/partners.md}).
 */
record PartnerAnswer(Partner partner) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MAX_DETAIL = 500;

    StepResult read(Response response, Function<JsonNode, StepResult> done) {
        int status = response.getStatus();
        if (status / 100 == 2) {
            try {
                return done.apply(JSON.readTree(response.readEntity(String.class)));
            } catch (IOException | Garbled broken) {
                return new StepResult.NoAnswer(new Reason(Reason.PARTNER_GARBLED,
                        name() + " said yes, but its answer cannot be read: " + clip(firstLine(broken.getMessage()))
                                + ".",
                        status));
            }
        }
        String detail = name() + " answered " + status + told(response) + ".";
        if (status / 100 == 4 && status != 408 && status != 429) {
            return new StepResult.Refused(new Reason(Reason.PARTNER_REFUSED, detail, status));
        }
        return new StepResult.Unavailable(new Reason(Reason.PARTNER_UNAVAILABLE, detail, status), retryAfter(response));
    }

    /** No answer: only where no connection came about is it sure that nothing happened. */
    StepResult failure(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
                return new StepResult.Unavailable(
                        new Reason(Reason.PARTNER_UNAVAILABLE, name() + " cannot be reached.", null), null);
            }
            if (cause instanceof TimeoutException) {
                return new StepResult.NoAnswer(
                        new Reason(Reason.PARTNER_NO_ANSWER, name() + " did not answer in time.", null));
            }
        }
        return new StepResult.NoAnswer(new Reason(Reason.PARTNER_NO_ANSWER,
                name() + " gave no answer: " + clip(firstLine(String.valueOf(failure.getMessage()))) + ".", null));
    }

    private String name() {
        return "The " + partner.name().toLowerCase(Locale.ROOT);
    }

    /** What the partner says for itself, if it does so in JSON: {@code detail} and {@code title} of RFC 9457. */
    private static String told(Response response) {
        try {
            JsonNode body = JSON.readTree(response.readEntity(String.class));
            String detail = body == null ? "" : body.path("detail").asText(body.path("title").asText(""));
            return detail.isBlank() ? "" : ": " + clip(detail.replace("\0", "").strip()).replaceAll("\\.$", "");
        } catch (IOException | RuntimeException notTold) {
            return "";
        }
    }

    private static Duration retryAfter(Response response) {
        String seconds = response.getHeaderString(HttpHeaders.RETRY_AFTER);
        return seconds != null && seconds.matches("\\d{1,6}") ? Duration.ofSeconds(Long.parseLong(seconds)) : null;
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("").replace("\0", "");
    }

    private static String clip(String text) {
        return text.length() <= MAX_DETAIL ? text : text.substring(0, MAX_DETAIL) + "…";
    }

    /** An answer that is no answer. */
    static final class Garbled extends RuntimeException {
        Garbled(String what) {
            super("it " + what);
        }
    }
}
