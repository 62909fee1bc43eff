package io.sluice.order;

import java.math.BigDecimal;

/**
 * One line of an order.
 *
 * @param quantity  at least 1
 * @param unitPrice in the order's currency, with at most the currency's own number of decimals
 */
public record OrderLine(String sku, String title, int quantity, BigDecimal unitPrice) {

    /** Quantity times unit price. */
    public BigDecimal total() {
        return unitPrice.multiply(BigDecimal.valueOf(quantity));
    }
}
