package io.sluice.access;

import java.util.Map;

import io.quarkus.test.junit.QuarkusTestProfile;

/** A proxy at one address tells the users. Viewers do not see people. */
public class BehindProxy implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("sluice.auth", "proxy", "sluice.auth.proxy.addresses", "127.0.0.1",
                "sluice.auth.viewers-see-personal-data", "false");
    }
}
