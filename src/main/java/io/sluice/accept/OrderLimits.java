package io.sluice.accept;

/** Limits of the fields of an order. Lengths are in characters (Unicode code points). */
public final class OrderLimits {

    public static final int CHANNEL = 40;
    public static final int EXTERNAL_ID = 100;
    public static final int NAME = 200;
    /** RFC 5321, section 4.5.3.1.3, less the angle brackets. */
    public static final int EMAIL = 254;
    public static final int STREET = 200;
    public static final int CITY = 100;
    public static final int POSTAL_CODE = 20;
    public static final int SKU = 100;
    public static final int TITLE = 300;
    public static final int LINES = 500;
    /** Of one line. {@link #LINES} times this still fits an int. */
    public static final int QUANTITY = 1_000_000;
    /** Digits of a unit price before the decimal point. */
    public static final int PRICE_DIGITS = 12;

    private OrderLimits() {}
}
