package io.sluice.dashboard.person;

import io.sluice.dashboard.Format;
import io.sluice.person.PersonLookup;

/** What is stored with an address, in words. */
public record FoundData(PersonLookup.Found found) {

    public boolean none() {
        return found.equals(PersonLookup.Found.NOTHING);
    }

    public boolean erasable() {
        return found.ended() + found.fetched() > 0;
    }

    /** Null if there are none. */
    public String ended() {
        return found.ended() == 0 ? null : Format.orders(found.ended());
    }

    public String underway() {
        return found.underway() == 0 ? null : Format.orders(found.underway());
    }

    public String fetched() {
        return found.fetched() == 0 ? null : Format.orders(found.fetched());
    }
}
