package io.sluice.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/** Looks up host names, and refuses those that lead to an address that is not allowed. */
@ApplicationScoped
class Resolver {
    private final AddressRule rule;
    private final Lookup lookup;

    @Inject
    Resolver(WebhookConfig config) {
        this(new AddressRule(config.allowPrivateAddresses()), InetAddress::getAllByName);
    }

    Resolver(AddressRule rule, Lookup lookup) {
        this.rule = rule;
        this.lookup = lookup;
    }

    /** Finds the addresses of a host. */
    interface Lookup {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    /**
     * The addresses of a host, at least one. A message must go to one of them, not to the name: when the name is looked
     * up again, it may lead elsewhere.
     *
     * <p>Fails with {@link UnresolvedHostException}, or with {@link ForbiddenAddressException} if any of the addresses is
     * not allowed.
     */
    Uni<List<InetAddress>> resolve(String host) {
        return Uni.createFrom()
                .item(() -> lookUp(host))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private List<InetAddress> lookUp(String host) {
        List<InetAddress> addresses;
        try {
            addresses = List.of(lookup.of(host));
        } catch (UnknownHostException unknown) {
            throw new UnresolvedHostException();
        }
        if (!addresses.stream().allMatch(rule::permits)) {
            throw new ForbiddenAddressException();
        }
        return addresses;
    }

    /** The host has no address, or the name server did not answer. */
    static final class UnresolvedHostException extends RuntimeException {
        UnresolvedHostException() {
            super("The host name cannot be resolved.", null, false, false);
        }
    }

    /** The host is at an address where no message may go. */
    static final class ForbiddenAddressException extends RuntimeException {
        ForbiddenAddressException() {
            super("The host has an address that is not public.", null, false, false);
        }
    }
}
