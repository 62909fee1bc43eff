package io.sluice.embedded;

import java.util.concurrent.TimeUnit;

import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.CoreAddressConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.ActiveMQServers;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/** An embedded Artemis broker: AMQP 1.0 on the loopback address, with a persistent journal. */
final class AmqpBroker implements KeptService.Service {

    private static final String WORK = "sluice.work";
    private static final String DEAD_LETTERS = "sluice.dlq";

    /** Delay before a single durable message is flushed, in nanoseconds. The default is 3.33 ms. */
    private static final int JOURNAL_FLUSH_NANOS = 100_000;
    /** Message bytes kept in memory; the rest is paged to disk. */
    private static final long MEMORY_BYTES = 100L << 20;
    private static final int PAGE_BYTES = 1 << 20;
    /** In per cent. The default of 90 is too low for a large disk. */
    private static final int MAX_DISK_USAGE = 98;
    private static final int START_TIMEOUT_SECONDS = 60;

    final ActiveMQServer server;

    private AmqpBroker(ActiveMQServer server) {
        this.server = server;
    }

    /**
     * Starts a broker on the journal of the folder.
     *
     * @throws EmbeddedServicesException if the broker does not start; no broker is left running
     */
    static AmqpBroker start(DataFolder folder, int port) {
        return start(folder, port, MAX_DISK_USAGE);
    }

    /** @param maxDiskUsage in per cent; above it, the broker accepts no messages */
    static AmqpBroker start(DataFolder folder, int port, int maxDiskUsage) {
        try {
            AmqpBroker broker = new AmqpBroker(ActiveMQServers
                    .newActiveMQServer(configuration(folder, port).setMaxDiskUsage(maxDiskUsage), null, true));
            try {
                broker.server.start();
                if (!broker.server.waitForActivation(START_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                        || !ServiceCheck.brokerAnswers(port)) {
                    throw new EmbeddedServicesException("the broker does not answer on port " + port);
                }
                return broker;
            } catch (Exception e) {
                broker.close();
                throw e;
            }
        } catch (EmbeddedServicesException e) {
            throw e;
        } catch (Exception e) {
            throw new EmbeddedServicesException("the broker cannot be started: %s".formatted(e), e);
        }
    }

    private static Configuration configuration(DataFolder folder, int port) throws Exception {
        String root = folder.broker().toString();
        return new ConfigurationImpl()
                .setName("sluice")
                .setSecurityEnabled(false)
                .setJMXManagementEnabled(false)
                .setPersistenceEnabled(true)
                .setBindingsDirectory(root + "/bindings")
                .setJournalDirectory(root + "/journal")
                .setLargeMessagesDirectory(root + "/large-messages")
                .setPagingDirectory(root + "/paging")
                .setJournalType(JournalType.NIO)
                .setJournalDatasync(true)
                .setJournalBufferTimeout_NIO(JOURNAL_FLUSH_NANOS)
                .setJournalPoolFiles(10)
                .setGlobalMaxSize(MEMORY_BYTES)
                .addAcceptorConfiguration("amqp", "tcp://%s:%d?protocols=AMQP".formatted(LoopbackPorts.HOST, port))
                .addAddressSetting("#", new AddressSettings()
                        // Attempts are counted in the database, not by deliveries.
                        .setMaxDeliveryAttempts(-1)
                        .setDeadLetterAddress(SimpleString.of(DEAD_LETTERS))
                        .setExpiryAddress(SimpleString.of(DEAD_LETTERS))
                        .setDefaultAddressRoutingType(RoutingType.ANYCAST)
                        .setDefaultQueueRoutingType(RoutingType.ANYCAST)
                        .setAutoDeleteQueues(false)
                        .setAutoDeleteAddresses(false)
                        .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE)
                        .setPageSizeBytes(PAGE_BYTES))
                .addAddressConfiguration(durableQueue(WORK))
                .addAddressConfiguration(durableQueue(DEAD_LETTERS));
    }

    private static CoreAddressConfiguration durableQueue(String name) {
        return new CoreAddressConfiguration().setName(name)
                .addRoutingType(RoutingType.ANYCAST)
                .addQueueConfiguration(
                        QueueConfiguration.of(name).setRoutingType(RoutingType.ANYCAST).setDurable(true));
    }

    /** False after an error of its journal: the broker then stops by itself. */
    @Override
    public boolean alive() {
        return server.getState() == ActiveMQServer.SERVER_STATE.STARTED;
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new EmbeddedServicesException("the broker cannot be stopped (%s)".formatted(e), e);
        }
    }
}
