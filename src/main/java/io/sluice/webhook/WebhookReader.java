package io.sluice.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;

import io.sluice.accept.OrderLimits;
import io.sluice.accept.OrderReader;
import io.sluice.http.JsonBody;
import io.sluice.http.ProblemException;
import io.sluice.json.InputObject;
import io.sluice.json.Timestamps;

/** Reads the requests that clients send. Each method throws a {@link ProblemException} with all that is wrong. */
final class WebhookReader {
    private static final int MAX_TIME = 50;
    private static final int MAX_OVERLAP_SECONDS = (int) Duration.ofDays(7).toSeconds();
    private static final Duration OVERLAP = Duration.ofDays(1);

    private WebhookReader() {}

    /** A new endpoint. */
    static WebhookTable.Settings created(byte[] body) {
        return JsonBody.read(body, request -> {
            request.require("url");
            WebhookTable.Settings settings = new WebhookTable.Settings(url(request), types(request), channel(request));
            finish(request);
            return settings;
        });
    }

    /** What a merge patch (RFC 7396) changes. Without {@code eventTypes} or {@code channel}, an endpoint gets all. */
    static WebhookTable.Change change(byte[] body) {
        return JsonBody.read(body, request -> {
            if (request.present("url")) {
                request.require("url");
            }
            if (request.present("enabled")) {
                request.require("enabled");
            }
            WebhookTable.Change change = new WebhookTable.Change(url(request),
                    request.present("eventTypes") ? types(request) : null, request.present("channel"),
                    channel(request), request.optionalBoolean("enabled"));
            finish(request);
            return change;
        });
    }

    /** How long the previous secret still signs; a day unless the request says otherwise. */
    static Duration overlap(byte[] body) {
        return body == null || body.length == 0 ? OVERLAP : JsonBody.read(body, request -> {
            Integer seconds = request.optionalInteger("overlapSeconds", 0, MAX_OVERLAP_SECONDS);
            finish(request);
            return seconds == null ? OVERLAP : Duration.ofSeconds(seconds);
        });
    }

    /**
     * Which messages to send again.
     *
     * @param status empty: all
     * @param from   null: all
     * @param to     null: all
     */
    record Replay(Set<DeliveryStatus> status, Instant from, Instant to) {}

    static Replay replay(byte[] body) {
        return JsonBody.read(body, request -> {
            DeliveryStatus status = request.optionalConstant("status", DeliveryStatus.values(), DeliveryStatus::name);
            Instant from = time(request, "from");
            Instant to = time(request, "to");
            if (!request.has("status") && !request.has("from")) {
                request.error("from", "Send a status, or the time from which on events are to be sent again.");
            }
            if (from != null && to != null && !from.isBefore(to)) {
                request.error("to", "This must be later than 'from'.");
            }
            finish(request);
            return new Replay(status == null ? Set.of() : Set.of(status), from, to);
        });
    }

    private static void finish(InputObject request) {
        request.rejectOtherFields();
        request.check();
    }

    private static WebhookUrl url(InputObject request) {
        String text = request.textIfAny("url", WebhookUrl.MAX_LENGTH);
        try {
            return text == null ? null : WebhookUrl.parse(text);
        } catch (IllegalArgumentException noUrl) {
            request.error("url", noUrl.getMessage());
            return null;
        }
    }

    /** An empty list stands for all, as its absence does. */
    private static Set<EventType> types(InputObject request) {
        Set<EventType> types = new LinkedHashSet<>();
        int index = 0;
        for (var item : request.optionalItems("eventTypes", 0, EventType.values().length)) {
            EventType type = EventType.of(item.textValue());
            if (type == null) {
                request.error("eventTypes/" + index, "This must be one of " + EventType.names() + ".");
            }
            types.add(type);
            index++;
        }
        return types;
    }

    private static String channel(InputObject request) {
        String sent = request.optionalText("channel", OrderLimits.CHANNEL);
        return sent == null ? null : OrderReader.channelName(request, sent);
    }

    private static Instant time(InputObject request, String name) {
        String text = request.textIfAny(name, MAX_TIME);
        Instant time = text == null ? null : Timestamps.parse(text);
        if (text != null && time == null) {
            request.error(name, "This must be a date and time such as 2026-01-31T09:30:00Z.");
        }
        return time;
    }
}
