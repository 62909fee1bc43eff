package io.sluice.demo;

import java.math.BigDecimal;
import java.util.List;

/** What the demo shop sells. */
record Product(String sku, String title, BigDecimal euros) {
    static final List<Product> ALL = List.of(
            of("MUG-350-BL", "Enamel mug, 350 ml, blue", "12.50"),
            of("MUG-350-WH", "Enamel mug, 350 ml, white", "12.50"),
            of("TEA-SEN-100", "Sencha green tea, 100 g", "9.90"),
            of("TEA-EG-250", "Earl Grey, loose leaf, 250 g", "14.20"),
            of("POT-CI-08", "Cast-iron teapot, 0.8 l", "64.00"),
            of("COF-ETH-1K", "Ethiopian coffee beans, 1 kg", "27.95"),
            of("GRD-HAND", "Hand grinder, steel burr", "89.00"),
            of("FLT-V60-100", "Paper filters V60, pack of 100", "5.40"),
            of("NTB-A5-DOT", "Notebook A5, dotted, 160 pages", "16.80"),
            of("PEN-FN-M", "Fountain pen, medium nib", "42.00"),
            of("INK-30-GR", "Bottled ink, 30 ml, moss green", "11.75"),
            of("CND-SOY-FIG", "Soy candle, fig, 40 hours", "19.90"),
            of("TWL-LIN-2", "Linen tea towels, set of 2", "22.00"),
            of("BRD-OAK-30", "Oak cutting board, 30 × 20 cm", "34.50"),
            of("KNF-SAN-17", "Santoku knife, 17 cm", "119.00"),
            of("SOX-WOOL-42", "Merino socks, size 42", "18.00"));

    private static Product of(String sku, String title, String euros) {
        return new Product(sku, title, new BigDecimal(euros));
    }
}
