package io.sluice.testing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;

/**
 * Besides the default partners: the carrier {@code dhl}, the printer {@code table-2}, the marketplace {@code ebay}. Orders
 * are imported from both marketplaces, once a test asks for it.
 */
public class SeveralPartners implements QuarkusTestProfile {
    /** Whose orders go to {@code dhl} and {@code ebay}, and are printed at {@code table-2}. */
    public static final String CHANNEL = "ebay-uk";

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(Named.class));
    }

    /** Needs to know where the simulator is. */
    public static class Named implements QuarkusTestResourceLifecycleManager {

        @Override
        public int order() {
            return 1;
        }

        @Override
        public Map<String, String> start() {
            String simulator = "http://127.0.0.1:" + SluiceServices.simulatorPort();
            Map<String, String> configuration = new HashMap<>();
            configuration.put("sluice.partners.carrier.dhl.url", simulator + "/carriers/dhl");
            configuration.put("sluice.partners.carrier.dhl.channels", CHANNEL);
            configuration.put("sluice.partners.carrier.dhl.countries", "GB,IE");
            configuration.put("sluice.partners.printer.table-2.url", simulator + "/printers/table-2");
            configuration.put("sluice.partners.printer.table-2.channels", CHANNEL);
            configuration.put("sluice.partners.marketplace.ebay.url", simulator + "/marketplaces/ebay");
            configuration.put("sluice.partners.marketplace.ebay.channels", CHANNEL);
            configuration.put("sluice.partners.marketplace.ebay.intake", "manual");
            configuration.put("sluice.partners.marketplace.intake", "auto");
            // A test says when.
            configuration.put("sluice.intake.interval", "24h");
            return configuration;
        }

        @Override
        public void stop() {
            // There is nothing to stop.
        }
    }
}
