package io.sluice.queue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.stream.Stream;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.eclipse.microprofile.reactive.messaging.spi.ConnectorFactory;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.connector.InboundConnector;
import io.smallrye.reactive.messaging.connector.OutboundConnector;
import io.smallrye.reactive.messaging.health.HealthReport;
import io.smallrye.reactive.messaging.health.HealthReporter;
import io.vertx.mutiny.amqp.AmqpClient;
import io.vertx.mutiny.core.Vertx;

/**
 * Connects channels with an AMQP 1.0 broker, and never gives up. {@code docs/messaging.md} says how it differs from
 * {@code smallrye-amqp} and how to use another connector instead.
 */
@ApplicationScoped
@Connector(SluiceAmqpConnector.NAME)
public class SluiceAmqpConnector implements InboundConnector, OutboundConnector, HealthReporter {
    static final String NAME = "sluice-amqp";
    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final MeterRegistry registry;
    private final List<Inbound> inbound = new CopyOnWriteArrayList<>();
    private final List<OutboundChannel> outbound = new CopyOnWriteArrayList<>();

    SluiceAmqpConnector(Vertx vertx, MeterRegistry registry) {
        this.vertx = vertx;
        this.registry = registry;
    }

    private record Inbound(InboundChannel channel, boolean readyWithoutBroker) {}

    /** Receives once there is a subscriber, and reports it as {@code sluice.broker.receiving}. */
    @Override
    public Flow.Publisher<? extends Message<?>> getPublisher(Config config) {
        InboundChannel channel = new InboundChannel(name(config), client(config), address(config));
        inbound.add(new Inbound(channel,
                config.getOptionalValue("ready-without-broker", Boolean.class).orElse(true)));
        Gauge.builder("sluice.broker.receiving", channel, open -> open.receiving() ? 1 : 0)
                .description("1 while the broker can send messages to this process, else 0")
                .register(registry);
        return channel.messages();
    }

    @Override
    public Flow.Subscriber<? extends Message<?>> getSubscriber(Config config) {
        OutboundChannel channel = new OutboundChannel(name(config), vertx, client(config), address(config));
        outbound.add(channel);
        return channel;
    }

    private AmqpClient client(Config config) {
        return AmqpClient.create(vertx, BrokerAddress.of(config).options());
    }

    private static String name(Config config) {
        return config.getValue(ConnectorFactory.CHANNEL_NAME_ATTRIBUTE, String.class);
    }

    private static String address(Config config) {
        return config.getOptionalValue("address", String.class).orElseGet(() -> name(config));
    }

    /**
     * Tells the state of every channel. Without the broker only those processes are unready that do nothing but
     * receive.
     */
    @Override
    public HealthReport getReadiness() {
        HealthReport.HealthReportBuilder report = HealthReport.builder();
        for (Inbound in : inbound) {
            report.add(in.channel().name(), in.readyWithoutBroker() || in.channel().receiving(),
                    in.channel().state());
        }
        outbound.forEach(out -> report.add(out.name(), true, out.state()));
        return report.build();
    }

    /** Waits, because a broker logs a connection that is cut instead of closed as a failure. */
    @PreDestroy
    void close() {
        Stream<Uni<Void>> receivers = inbound.stream().map(in -> in.channel().close());
        Stream<Uni<Void>> senders = outbound.stream().map(OutboundChannel::close);
        Multi.createFrom()
                .items(Stream.concat(receivers, senders))
                .onItem()
                .transformToUniAndMerge(closing -> closing)
                .collect()
                .last()
                .ifNoItem()
                .after(CLOSING)
                .fail()
                .onFailure()
                .recoverWithNull()
                .await()
                .indefinitely();
    }
}
