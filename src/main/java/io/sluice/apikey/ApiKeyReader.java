package io.sluice.apikey;

import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;

import io.sluice.accept.Formats;
import io.sluice.accept.OrderLimits;
import io.sluice.access.Permission;
import io.sluice.access.UserRole;
import io.sluice.http.JsonBody;
import io.sluice.http.ProblemException;
import io.sluice.json.InputObject;
import io.sluice.json.Timestamps;
import io.sluice.order.OrderDraft;

/** Reads the request for a key. */
final class ApiKeyReader {
    private static final int MAX_NAME = 80;
    private static final int MAX_TIME = 50;
    private static final int MAX_CHANNELS = 100;
    private static final Set<Permission> OF_CHANNELS = UserRole.INTEGRATOR.permissions();

    private ApiKeyReader() {}

    /** @throws ProblemException with all that is wrong */
    static ApiKeyTable.Settings created(byte[] body, Clock clock) {
        return JsonBody.read(body, request -> {
            String name = request.text("name", MAX_NAME);
            UserRole role = request.optionalConstant("role", UserRole.values(), UserRole::id);
            Set<Permission> permissions = request.has("permissions")
                    ? request.optionalConstants("permissions", Permission.values(), Permission::id)
                    : role == null ? EnumSet.noneOf(Permission.class) : role.permissions();
            if (request.has("role") == request.has("permissions")) {
                request.error("permissions", "Send either a role or permissions.");
            }
            Set<String> channels = channels(request);
            // Null stands for one that is not known.
            if (!channels.isEmpty()
                    && permissions.stream().anyMatch(one -> one != null && !OF_CHANNELS.contains(one))) {
                request.error("channels",
                        "Only a key with no other permissions than read, personal, submit and cancel can be"
                                + " limited to channels.");
            }
            if (role == UserRole.INTEGRATOR && channels.isEmpty()) {
                request.error("channels", "An integrator needs at least one channel.");
            }
            Instant expiresAt = time(request, clock);
            request.rejectOtherFields();
            request.check();
            return new ApiKeyTable.Settings(name, permissions, channels, expiresAt);
        });
    }

    private static Set<String> channels(InputObject request) {
        Set<String> channels = new LinkedHashSet<>();
        int index = 0;
        for (var item : request.optionalItems("channels", 1, MAX_CHANNELS)) {
            String channel = item.isTextual() ? OrderDraft.channelName(item.textValue().strip()) : "";
            if (channel.isEmpty() || channel.length() > OrderLimits.CHANNEL || !Formats.isChannel(channel)) {
                request.error("channels/" + index, "This must be up to " + OrderLimits.CHANNEL
                        + " letters a-z, digits, '-', '_' and '.'.");
            }
            channels.add(channel);
            index++;
        }
        return channels;
    }

    private static Instant time(InputObject request, Clock clock) {
        String text = request.textIfAny("expiresAt", MAX_TIME);
        Instant time = text == null ? null : Timestamps.parse(text);
        if (text != null && time == null) {
            request.error("expiresAt", "This must be a date and time such as 2027-01-31T09:30:00Z.");
        } else if (time != null && !time.isAfter(clock.instant())) {
            request.error("expiresAt", "This is in the past.");
        }
        return time;
    }
}
