package io.sluice.http;

import java.util.Set;
import java.util.UUID;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.sluice.access.Caller;
import io.sluice.access.Route;
import io.sluice.json.TextRules;
import io.sluice.order.OrderDraft;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;

/** Keeps callers who are limited to channels ({@link Caller#channels}) to the orders of these. */
@Singleton
public class ChannelScope {
    private static final String ONE_ORDER = "/api/orders/{id}";
    private static final int ID = 3;

    private final Pool pool;

    @Inject
    ChannelScope(Pool pool) {
        this.pool = pool;
    }

    /**
     * Completes if the caller reaches the order that the address names; fails with 404, as if there were none, if not. Every
     * address of a single order comes here before it is routed. An order never changes its channel.
     */
    Uni<Void> check(Caller caller, Route route, RoutingContext request) {
        if (caller.channels().isEmpty() || !route.path().startsWith(ONE_ORDER)) {
            return Uni.createFrom().voidItem();
        }
        String text = request.normalizedPath().split("/")[ID];
        UUID id = TextRules.id(text);
        if (id == null) {
            return Uni.createFrom().failure(unknown(text));
        }
        return pool.preparedQuery("select channel from orders where id = $1")
                .execute(Tuple.of(id))
                .onItem()
                .invoke(rows -> {
                    if (rows.rowCount() == 0 || !caller.reaches(rows.iterator().next().getString("channel"))) {
                        throw unknown(text);
                    }
                })
                .onFailure()
                .transform(failure -> FailureProblems.of(failure, request))
                .replaceWithVoid();
    }

    private static ProblemException unknown(String id) {
        return ProblemException.notFound("There is no order " + id + ".");
    }

    /** @throws ProblemException 403 if orders of this channel are not the caller's */
    public static void checkChannel(Caller caller, String channel) {
        if (!caller.reaches(channel)) {
            throw ProblemException.forbidden("You are limited to the channels " + caller.channelNames()
                    + ", and this is of the channel " + channel + ".");
        }
    }

    /**
     * The channel of a search: the one that is asked for, or the caller's only one.
     *
     * @param channel null if none is asked for
     * @throws ProblemException 403 if it is not the caller's, 422 if the caller has several and names none
     */
    public static String searched(Caller caller, String channel) {
        if (channel != null) {
            checkChannel(caller, OrderDraft.channelName(channel));
            return channel;
        }
        if (caller.channels().size() > 1) {
            throw ProblemException.invalidParameter("channel",
                    "You have several channels: name one of " + caller.channelNames() + ".");
        }
        return caller.channels().stream().findFirst().orElse(null);
    }

    /**
     * The channels of a stream: those that are asked for, or all of the caller.
     *
     * @param channels empty if none is asked for
     * @throws ProblemException 403 if one is not the caller's
     */
    public static Set<String> followed(Caller caller, Set<String> channels) {
        channels.forEach(channel -> checkChannel(caller, channel));
        return channels.isEmpty() ? caller.channels() : channels;
    }
}
