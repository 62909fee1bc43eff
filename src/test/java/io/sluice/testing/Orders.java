package io.sluice.testing;

/** Order requests as JSON; {@link Api} is the shorter way. */
public final class Orders {

    private Orders() {}

    /** A valid order with a unique external id. */
    public static String json(String handling) {
        return Api.order().handling(handling).json();
    }

    /** A valid order with this external id and channel. */
    public static String json(String handling, String externalId, String channel) {
        return Api.order().handling(handling).externalId(externalId).channel(channel).json();
    }
}
