package io.sluice.dashboard.upload;

import io.sluice.accept.csv.CsvResult;
import io.sluice.dashboard.Format;
import io.sluice.order.OrderDraft;

/** An order of a file without problems, as it is or would be stored. */
record PreviewRow(CsvResult result) {

    private OrderDraft order() {
        return result.draft();
    }

    public int row() {
        return result.row();
    }

    public boolean isKnown() {
        return result.isKnown();
    }

    public String number() {
        return order().externalId();
    }

    public String channel() {
        return order().channel();
    }

    public String customer() {
        return order().customer().name();
    }

    /** Where it goes, in short. */
    public String destination() {
        String country = Format.country(order().shipTo().country());
        return order().shipTo().city() == null ? country : order().shipTo().city() + ", " + country;
    }

    /** The pieces to pack. */
    public String items() {
        return Format.number(order().itemCount());
    }

    public String total() {
        return Format.money(order().total().toPlainString(), order().currency().getCurrencyCode());
    }
}
