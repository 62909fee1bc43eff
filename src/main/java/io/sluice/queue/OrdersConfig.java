package io.sluice.queue;

import java.util.Optional;

import io.smallrye.config.ConfigMapping;

/** {@code sluice.orders.*}: orders that come as messages. */
@ConfigMapping(prefix = "sluice.orders")
interface OrdersConfig {
    /** The AMQP address from which orders are received; without it, none are. */
    Optional<String> address();

    /** The AMQP address to which messages go that cannot be accepted; by default the other one and {@code .rejected}. */
    Optional<String> rejectedAddress();
}
