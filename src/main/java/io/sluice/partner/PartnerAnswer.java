package io.sluice.partner;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.concurrent.TimeoutException;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.sluice.order.Partner;
import io.sluice.order.Reason;
import io.sluice.order.StepResult;

/**
 * Reads what a partner answered, distrusting all of it. A 4xx other than 408 and 429 is a refusal; every other status
 * that is not 2xx, and everything that is no answer at all, is transient ({@code docs/partners.md}).
 */
record PartnerAnswer(Partner partner, Clock clock) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // A number beyond the range of double must not become one that cannot be computed with.
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /**
     * The object that came with a 2xx; an empty one for 204.
     *
     * @throws NotDone for every other answer
     */
    JsonNode read(Response response) {
        int status = response.getStatus();
        JsonNode body = read(response, JSON::readTree);
        if (body.isMissingNode() && status == 204) {
            return JSON.createObjectNode();
        }
        if (!body.isObject()) {
            throw new NotDone(garbled("is no JSON object", status), status);
        }
        return body;
    }

    /** Reads a body. */
    interface Reader<T> {
        T read(InputStream body) throws IOException;
    }

    /**
     * What came with a 2xx.
     *
     * @throws NotDone for every other answer
     */
    <T> T read(Response response, Reader<T> reader) {
        int status = response.getStatus();
        if (status / 100 == 2) {
            return body(response, reader, status);
        }
        String detail = name() + " answered " + status + told(response) + ".";
        if (status / 100 == 4 && status != 408 && status != 429) {
            throw new NotDone(new StepResult.Refused(new Reason(Reason.PARTNER_REFUSED, detail, status)), status);
        }
        throw new NotDone(new StepResult.Unavailable(new Reason(Reason.PARTNER_UNAVAILABLE, detail, status),
                RetryAfter.read(response.getHeaderString(HttpHeaders.RETRY_AFTER), clock.instant())), status);
    }

    /** What came of a call that ended without what was asked for. */
    StepResult failure(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof NotDone notDone) {
                return notDone.result();
            }
            if (cause instanceof Garbled garbled) {
                return garbled(garbled.getMessage(), null);
            }
            if (cause instanceof CallLimits.Exceeded exceeded) {
                return noAnswer(exceeded.getMessage());
            }
            if (isBeforeSending(cause)) {
                return new StepResult.Unavailable(
                        new Reason(Reason.PARTNER_UNAVAILABLE, name() + " cannot be reached.", null), null);
            }
        }
        return noAnswer("gave no answer: " + PartnerText.clean(String.valueOf(failure.getMessage())));
    }

    /** Such a failure means that no connection came about; only then is it sure that nothing happened. */
    private static boolean isBeforeSending(Throwable cause) {
        return cause instanceof ConnectException || cause instanceof UnknownHostException
                || cause instanceof NoRouteToHostException
                // The wait for a connection; waits for answers end in Exceeded.
                || cause instanceof TimeoutException;
    }

    String name() {
        return PartnerText.the(partner);
    }

    private <T> T body(Response response, Reader<T> reader, int status) {
        try {
            return body(response, reader);
        } catch (Garbled garbled) {
            throw garbled;
        } catch (JsonProcessingException broken) {
            throw new NotDone(garbled("is no JSON: " + PartnerText.clean(broken.getOriginalMessage()), status), status);
        } catch (IOException | RuntimeException broken) {
            throw new NotDone(garbled("is none: " + PartnerText.clean(broken.toString()), status), status);
        }
    }

    /** Not by the framework's readers, which would trust the answer's Content-Type. */
    private static <T> T body(Response response, Reader<T> reader) throws IOException {
        try (InputStream body = response.readEntity(InputStream.class)) {
            return reader.read(body);
        }
    }

    /** What the partner says for itself, if it does so in JSON: {@code detail} and {@code title} of RFC 9457. */
    private static String told(Response response) {
        try {
            JsonNode body = body(response, JSON::readTree);
            String detail = PartnerText.clean(body.path("detail").asText(body.path("title").asText("")));
            return detail.isEmpty() ? "" : ": " + detail.replaceAll("\\.$", "");
        } catch (IOException | RuntimeException notTold) {
            return "";
        }
    }

    private StepResult garbled(String what, Integer status) {
        return new StepResult.NoAnswer(
                new Reason(Reason.PARTNER_GARBLED, name() + " said yes, but its answer " + what + ".", status));
    }

    private StepResult noAnswer(String what) {
        return new StepResult.NoAnswer(new Reason(Reason.PARTNER_NO_ANSWER, name() + " " + what + ".", null));
    }

    /** A well-formed answer that does not say what it should. */
    static final class Garbled extends RuntimeException {
        /** @param what goes on after "its answer" */
        Garbled(String what) {
            super(what, null, false, false);
        }
    }
}
