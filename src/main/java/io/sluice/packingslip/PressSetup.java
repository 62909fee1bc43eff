package io.sluice.packingslip;

import java.io.UncheckedIOException;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the press from the configuration. */
@ApplicationScoped
class PressSetup {

    /** @throws IllegalArgumentException naming the key whose value is wrong */
    @Produces
    @Singleton
    Press press(SenderConfig sender, PaperConfig paper) {
        try {
            return new Press(new Sender(sender.name(), sender.address().orElse(List.of())),
                    paper.fonts().orElse(null));
        } catch (UncheckedIOException unusable) {
            // Without its cause, which the one line about a failed start would otherwise quote instead.
            throw new IllegalArgumentException("SLUICE_PAPER_FONTS: " + unusable.getMessage());
        }
    }
}
