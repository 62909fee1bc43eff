package io.sluice.accept;

/** Limits of the fields of an order. Lengths are in characters (Unicode code points). */
public final class OrderLimits {

    public static final int CHANNEL = 40;
    public static final int EXTERNAL_ID = 100;
    public static final int NAME = 200;
    /** RFC 5321, section 4.5.3.1.3, less the angle brackets. */
    public static final int EMAIL = 254;
    /** Of all its lines. */
    public static final int STREET = 400;
    public static final int STREET_LINES = 4;
    /** Of a city, and of its districts and states. */
    public static final int CITY = 100;
    public static final int PHONE = 50;
    public static final int POSTAL_CODE = 20;
    public static final int SKU = 100;
    public static final int TITLE = 300;
    public static final int LINES = 10_000;
    /** Of one line. */
    public static final int QUANTITY = 1_000_000;
    /** Of all lines: what an int holds. */
    public static final int PIECES = Integer.MAX_VALUE;
    public static final int ADJUSTMENTS = 20;
    public static final int LABEL = 100;
    public static final int NOTE = 2_000;
    public static final int METADATA = 50;
    public static final int METADATA_NAME = 100;
    public static final int METADATA_TEXT = 1_000;
    /** Digits of a unit price before the decimal point. */
    public static final int PRICE_DIGITS = 12;

    private OrderLimits() {}
}
