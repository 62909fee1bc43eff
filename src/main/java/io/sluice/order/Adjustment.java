package io.sluice.order;

import java.math.BigDecimal;

/**
 * A part of an order's total that is no line: shipping, tax, a voucher.
 *
 * @param amount negative for a discount
 */
public record Adjustment(String label, BigDecimal amount) {}
