package io.sluice.store;

import java.time.Instant;
import java.util.UUID;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import org.hibernate.annotations.Immutable;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.sluice.order.OrderStatus;

/** The state of an order, for reading; {@code accept}, {@code handle} and {@code batch} write it. */
@Entity
@Immutable
@Table(name = "order_state")
public class OrderStateEntity extends PanacheEntityBase {
    @Id
    public UUID orderId;
    public String channel;
    public Instant placedAt;
    @Enumerated(EnumType.STRING)
    public OrderStatus status;
    public String step;
    public int version;
    public String reasonCode;
    public String reasonDetail;
    public String trackingNumber;
    public String carrier;
    public UUID batchId;
    public Integer position;
    public Instant queuedAt;
    public Instant updatedAt;
}
