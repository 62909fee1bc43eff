package io.sluice.packingslip;

import java.io.UncheckedIOException;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.sluice.address.Countries;

/** Creates the {@link Press} from the configuration. */
@ApplicationScoped
class PressProducer {

    /** @throws IllegalArgumentException if a value is invalid; the message names the key */
    @Produces
    @Singleton
    Press press(SenderConfig sender, PaperConfig paper, ShopConfig shop) {
        String country = sender.country().orElse(null);
        if (country != null && !Countries.isCode(country)) {
            throw new IllegalArgumentException("SLUICE_SENDER_COUNTRY: \"" + country
                    + "\" is no country code; use one of ISO 3166-1 alpha-2, such as GB");
        }
        Press press = press(new Sender(sender.name(), sender.address().orElse(List.of()), country), paper, shop);
        if (!press.hasRoomForSender()) {
            throw new IllegalArgumentException("SLUICE_SENDER_NAME and SLUICE_SENDER_ADDRESS are too long for the "
                    + "line above the recipient's address; shorten them to about 250 characters");
        }
        return press;
    }

    private static Press press(Sender sender, PaperConfig paper, ShopConfig shop) {
        try {
            return new Press(sender, paper.size(), shop.timeZone(), paper.fonts().orElse(null));
        } catch (UncheckedIOException unusable) {
            // Without a cause: the start-up error would show the cause instead of this message.
            throw new IllegalArgumentException("SLUICE_PAPER_FONTS: " + unusable.getMessage());
        }
    }
}
