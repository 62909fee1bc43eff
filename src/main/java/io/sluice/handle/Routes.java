package io.sluice.handle;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.order.Partner;
import io.sluice.order.PartnerKind;
import io.sluice.order.Step;
import io.sluice.partner.PartnerDirectory;

/** Finds the partner that carries a step of an order out. */
@ApplicationScoped
class Routes {
    private final PartnerDirectory directory;

    Routes(PartnerDirectory directory) {
        this.directory = directory;
    }

    /**
     * The partner of a step.
     *
     * @param country   of the address that the order goes to
     * @param printer   the printer that its batch prints on; null if the configuration decides
     * @param shippedBy the carrier that made its shipment, or null: an order keeps its carrier
     */
    Partner partner(Step step, String channel, String country, String printer, String shippedBy) {
        PartnerKind kind = step.kind();
        String fixed = switch (kind) {
            case PRINTER -> printer;
            case CARRIER -> shippedBy;
            case MARKETPLACE -> null;
        };
        return fixed == null ? directory.route(kind, channel, country) : new Partner(kind, fixed);
    }

    /** Whether the partner is configured; one that made a shipment earlier may not be any more. */
    boolean known(Partner partner) {
        return directory.find(partner.name()).filter(partner::equals).isPresent();
    }
}
