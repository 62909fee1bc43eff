package io.sluice.testing;

/** Bodies of new orders; {@link Api} is the shorter way. */
public final class Orders {

    private Orders() {}

    public static String json(String handling) {
        return Api.order().handling(handling).json();
    }

    public static String json(String handling, String externalId, String channel) {
        return Api.order().handling(handling).externalId(externalId).channel(channel).json();
    }
}
