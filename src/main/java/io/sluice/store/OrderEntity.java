package io.sluice.store;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.OneToOne;
import jakarta.persistence.PrimaryKeyJoinColumn;
import jakarta.persistence.Table;

import org.hibernate.annotations.Immutable;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;

/** The content of an order, for reading; {@code accept} writes it, once. */
@Entity
@Immutable
@Table(name = "orders")
public class OrderEntity extends PanacheEntityBase {
    @Id
    public UUID id;
    public String channel;
    public String externalId;
    public String handling;
    public Instant placedAt;
    public Instant receivedAt;
    public String customerName;
    public String country;
    public String currency;
    public BigDecimal total;
    public int itemCount;
    /** JSON, see {@link OrderContent}. */
    public String content;
    public byte[] contentHash;

    @OneToOne(fetch = FetchType.LAZY, optional = false)
    @PrimaryKeyJoinColumn
    public OrderStateEntity state;
}
