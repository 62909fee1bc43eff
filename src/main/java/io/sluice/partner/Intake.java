package io.sluice.partner;

import io.sluice.order.Handling;

/** Whether pending orders of a marketplace are fetched, and what starts their handling. */
public enum Intake {
    /** They are not fetched. */
    OFF,
    /** They wait for a person. */
    MANUAL,
    /** They are handled as soon as they are stored. */
    AUTO;

    Handling handling() {
        return this == AUTO ? Handling.AUTO : Handling.MANUAL;
    }
}
