package io.sluice.simulator;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;

import io.sluice.json.InputObject;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** How a partner answers a call: as it should, or in one of many ways that a client must live through. */
enum Fault {
    NONE {
        @Override
        void answer(RoutingContext ctx, Supplier<Reply> work, PartnerSettings settings) {
            Reply reply = work.get();
            Responses.json(ctx, reply.status(), reply.body());
        }
    },
    DROP {
        @Override
        void answer(RoutingContext ctx, Supplier<Reply> work, PartnerSettings settings) {
            work.get();
            ctx.request().connection().close();
        }
    },
    HANG {
        @Override
        void answer(RoutingContext ctx, Supplier<Reply> work, PartnerSettings settings) {
            // Not a word.
        }
    },
    HTML {
        @Override
        void answer(RoutingContext ctx, Supplier<Reply> work, PartnerSettings settings) {
            Responses.send(ctx.response(), work.get().status(), "text/html", Buffer.buffer(PAGE));
        }
    },
    HALF_JSON {
        @Override
        void answer(RoutingContext ctx, Supplier<Reply> work, PartnerSettings settings) {
            Reply reply = work.get();
            Buffer json = Buffer.buffer(Json.bytes(reply.body()));
            Responses.send(ctx.response(), reply.status(), Responses.JSON, json.slice(0, json.length() / 2));
        }
    },
    HUGE {
        @Override
        void answer(RoutingContext ctx, Supplier<Reply> work, PartnerSettings settings) {
            LongResponse.huge(ctx, work.get());
        }
    },
    ENDLESS {
        @Override
        void answer(RoutingContext ctx, Supplier<Reply> work, PartnerSettings settings) {
            LongResponse.endless(ctx, work.get());
        }
    },
    REDIRECT {
        @Override
        void answer(RoutingContext ctx, Supplier<Reply> work, PartnerSettings settings) {
            ctx.response().putHeader(HttpHeaders.LOCATION, RedirectTrap.PATH);
            Responses.json(ctx, 302, Json.object());
        }
    },
    TOO_MANY_REQUESTS {
        @Override
        void answer(RoutingContext ctx, Supplier<Reply> work, PartnerSettings settings) {
            ctx.response().putHeader(HttpHeaders.RETRY_AFTER, String.valueOf(settings.retryAfterSeconds()));
            throw new Problem(429, "Too many calls; come back later");
        }
    },
    UNAVAILABLE {
        @Override
        void answer(RoutingContext ctx, Supplier<Reply> work, PartnerSettings settings) {
            throw new Problem(503, "Not now");
        }
    },
    SERVER_ERROR {
        @Override
        void answer(RoutingContext ctx, Supplier<Reply> work, PartnerSettings settings) {
            throw new Problem(500, "Something went wrong");
        }
    };

    private static final String PAGE = """
            <!DOCTYPE html><html><head><title>Welcome</title></head>
            <body><h1>All is well</h1><script>alert('rendered')</script></body></html>
            """;

    /**
     * Answers the call, or begins to.
     *
     * @param work does what the call asks for and returns what to say; a fault that leaves it alone leaves no effect
     * @throws Problem if that is the answer
     */
    abstract void answer(RoutingContext ctx, Supplier<Reply> work, PartnerSettings settings);

    /** The fault that a patch names; {@code null} in JSON is {@link #NONE}, an absent field leaves the current one. */
    static Fault read(InputObject patch, String field, Fault current) {
        String name = patch.anyText(field);
        if (name == null) {
            return patch.present(field) ? NONE : current;
        }
        return Arrays.stream(values()).filter(fault -> name.equals(fault.wireName())).findFirst().orElseGet(() -> {
            patch.error(field, "This must be null or one of " + wireNames() + ".");
            return current;
        });
    }

    /** The name in JSON, such as {@code half-json}; {@code null} for none. */
    String wireName() {
        return this == NONE ? null : name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** All names in JSON, for a person. */
    static String wireNames() {
        return String.join(", ", Arrays.stream(values()).filter(fault -> fault != NONE).map(Fault::wireName).toList());
    }
}
