package io.sluice.queue;

import java.util.Set;

import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.CoreAddressConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.message.impl.CoreMessage;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.ActiveMQServers;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager;

import io.sluice.testing.Certificate;

/** A real broker that knows one user and one queue, makes no others, and can be restarted on its port, also with TLS. */
final class SecuredBroker implements AutoCloseable {
    static final String QUEUE = "work.queue";
    static final String USER = "sluice";
    static final String PASSWORD = "right";

    private final int port;
    private final String tls;
    private volatile String password = PASSWORD;
    private ActiveMQServer server;

    SecuredBroker(int port) throws Exception {
        this(port, "");
    }

    SecuredBroker(int port, Certificate certificate) throws Exception {
        this(port, ";sslEnabled=true;keyStoreType=PKCS12;keyStorePath=%s;keyStorePassword=%s"
                .formatted(certificate.store(), Certificate.PASSWORD));
    }

    private SecuredBroker(int port, String tls) throws Exception {
        this.port = port;
        this.tls = tls;
        start();
    }

    /** Takes no other password from new connections. */
    void changePassword(String changed) {
        password = changed;
    }

    void start() throws Exception {
        server = ActiveMQServers.newActiveMQServer(configuration(), null, new OneUser(this), false);
        server.start();
    }

    void stop() throws Exception {
        server.stop();
    }

    int receivers() {
        return server.locateQueue(QUEUE).getConsumerCount();
    }

    int connections() {
        return server.getRemotingService().getConnections().size();
    }

    /** Messages that nobody has acknowledged. */
    long messages() {
        return messages(QUEUE);
    }

    /** Messages of another queue that nobody has acknowledged. */
    long messages(String queue) {
        return server.locateQueue(queue).getMessageCount();
    }

    /** Makes another queue, with one message in it. */
    void createQueue(String queue) throws Exception {
        server.createQueue(QueueConfiguration.of(queue).setRoutingType(RoutingType.ANYCAST).setAutoCreateAddress(true));
        server.getPostOffice()
                .route(new CoreMessage(server.getStorageManager().generateID(), 64).setAddress(queue), false);
    }

    /** Deletes a queue, closes its receivers and keeps their connections, as an administrator can. */
    void deleteQueue(String queue) throws Exception {
        server.destroyQueue(SimpleString.of(queue), null, false, true);
    }

    private Configuration configuration() throws Exception {
        return new ConfigurationImpl().setName("secured")
                .setSecurityEnabled(true)
                .setJMXManagementEnabled(false)
                .setPersistenceEnabled(false)
                .addAcceptorConfiguration("amqp", "tcp://127.0.0.1:%d?protocols=AMQP%s".formatted(port, tls))
                .addAddressSetting("#", new AddressSettings().setAutoCreateQueues(false)
                        .setAutoCreateAddresses(false))
                .addAddressConfiguration(new CoreAddressConfiguration().setName(QUEUE)
                        .addRoutingType(RoutingType.ANYCAST)
                        .addQueueConfiguration(
                                QueueConfiguration.of(QUEUE).setRoutingType(RoutingType.ANYCAST)));
    }

    @Override
    public void close() throws Exception {
        stop();
    }

    private record OneUser(SecuredBroker broker) implements ActiveMQSecurityManager {

        @Override
        public boolean validateUser(String user, String password) {
            return USER.equals(user) && broker.password.equals(password);
        }

        @Override
        public boolean validateUserAndRole(String user, String password, Set<Role> roles, CheckType checkType) {
            return validateUser(user, password);
        }
    }
}
