package io.sluice.dashboard.imports;

import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.sluice.intake.Imports;

/** Tells the templates whether there is anything to see on the page of imports. */
@Singleton
@Named("imports")
public class ImportLink {
    private final Imports imports;

    ImportLink(Imports imports) {
        this.imports = imports;
    }

    public boolean shown() {
        return imports.configured();
    }
}
