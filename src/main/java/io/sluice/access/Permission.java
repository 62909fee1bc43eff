package io.sluice.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a caller may do. Every address of the service asks for one of these, see {@link Routes}. */
public enum Permission {
    /** Read orders, their history, events and slips. */
    READ,
    /** See names, addresses, e-mail and phone of the people in what one may see, and packing slips. */
    PERSONAL,
    /** Hand orders in. */
    SUBMIT,
    /** Cancel orders. */
    CANCEL,
    /** See everything else: the dashboard, batches, partners, workers, imports, load and metrics. */
    VIEW,
    /** Handle, retry, correct and print orders, pause partners and imports. */
    OPERATE,
    /** Manage keys and webhooks, make demo orders, export and erase what names a person, read the audit. */
    ADMINISTER;

    /** As it is written in requests and settings. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Permission> of(String id) {
        return Arrays.stream(values()).filter(permission -> permission.id().equals(id)).findFirst();
    }
}
