package io.sluice.queue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.stream.Stream;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.Section;
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
import io.vertx.mutiny.amqp.AmqpMessage;
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
    private static final int CREDIT = 500;

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
        InboundChannel channel = inbound(name(config), BrokerAddress.of(config), address(config), CREDIT,
                config.getOptionalValue("ready-without-broker", Boolean.class).orElse(true));
        Gauge.builder("sluice.broker.receiving", channel, open -> open.receiving() ? 1 : 0)
                .description("1 while the broker can send messages to this process, else 0")
                .register(registry);
        return channel.messages().map(SluiceAmqpConnector::asMessage);
    }

    @Override
    public Flow.Subscriber<? extends Message<?>> getSubscriber(Config config) {
        return outbound(name(config), BrokerAddress.of(config), address(config));
    }

    /**
     * A channel that is none of MicroProfile's: it carries AMQP messages as they are, from the broker that all share.
     * It does not make the process unready.
     */
    InboundChannel receiverOf(String name, String address, int credit) {
        return inbound(name, BrokerAddress.shared(), address, credit, true);
    }

    /** Like {@link #receiverOf}, for sending. */
    OutboundChannel senderTo(String name, String address) {
        return outbound(name, BrokerAddress.shared(), address);
    }

    private InboundChannel inbound(String name, BrokerAddress broker, String address, int credit,
            boolean readyWithoutBroker) {
        InboundChannel channel = new InboundChannel(name, new Broker(vertx, broker), address, credit);
        inbound.add(new Inbound(channel, readyWithoutBroker));
        return channel;
    }

    private OutboundChannel outbound(String name, BrokerAddress broker, String address) {
        OutboundChannel channel = new OutboundChannel(name, vertx, new Broker(vertx, broker), address);
        outbound.add(channel);
        return channel;
    }

    /** Whether the broker can send messages to this channel. Also true if it is a channel of another connector. */
    boolean receives(String channel) {
        return inbound.stream()
                .map(Inbound::channel)
                .filter(open -> open.name().equals(channel))
                .allMatch(InboundChannel::receiving);
    }

    private static Message<String> asMessage(AmqpMessage message) {
        return Message.of(text(message.getDelegate().unwrap().getBody()), () -> done(message::accepted),
                failure -> done(message::released));
    }

    /** Of any body at all, so that the consumer decides what to do with one that is no text. */
    private static String text(Section body) {
        return body instanceof AmqpValue value ? String.valueOf(value.getValue()) : String.valueOf(body);
    }

    private static CompletionStage<Void> done(Runnable outcome) {
        outcome.run();
        return CompletableFuture.completedFuture(null);
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
