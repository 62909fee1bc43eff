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
import io.sluice.order.Outcome;

/** One line of the event log, for reading an order's history; {@code stream} reads the log in its own way. */
@Entity
@Immutable
@Table(name = "event_log")
public class EventEntity extends PanacheEntityBase {
    @Id
    public Long id;
    public UUID orderId;
    @Enumerated(EnumType.STRING)
    public OrderStatus status;
    public String step;
    public Integer attempt;
    @Enumerated(EnumType.STRING)
    public Outcome outcome;
    public String reasonCode;
    public String reasonDetail;
    public Integer httpStatus;
    public String actor;
    public Instant startedAt;
    public Instant at;
}
