package io.sluice.simulator;

import java.util.AbstractList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/**
 * The partners of one kind: the default one at {@code /carrier}, those with a name of their own at
 * {@code /carriers/{name}}. Such a one comes into being when it is first called.
 *
 * @param <P> a partner
 */
final class PartnersOfKind<P> {
    private static final String NAME = "partner";

    private final String kind;
    private final PartnerNames names;
    private final Function<String, P> make;
    private final Map<String, P> byName = new LinkedHashMap<>();

    /** @param make makes the partner of that name, which {@code names} has to know afterwards */
    PartnersOfKind(String kind, PartnerNames names, Function<String, P> make) {
        this.kind = kind;
        this.names = names;
        this.make = make;
        named(kind);
    }

    /** Where the partners are: each route is to be mounted at all of them. */
    List<String> paths() {
        return List.of("/" + kind, "/" + kind + "s/:" + NAME);
    }

    /** A handler for the partner that is called. */
    Handler<RoutingContext> call(BiConsumer<P, RoutingContext> handler) {
        return ctx -> {
            String name = ctx.pathParam(NAME);
            handler.accept(named(name == null ? kind : name), ctx);
        };
    }

    /** The partner of that name, which there is from now on. @throws Problem 404 if it cannot be one of this kind */
    P named(String name) {
        P known = byName.get(name);
        if (known == null) {
            names.checkFree(name);
            known = make.apply(name);
            byName.put(name, known);
        }
        return known;
    }

    /**
     * What the partners have, each item with the partner that has it; of the one that the query names, if it names one.
     *
     * @param sequence of the items of several partners; each partner's own are in it already
     */
    <T> List<Of<P, T>> inspected(RoutingContext ctx, Function<P, List<T>> items, Comparator<? super T> sequence) {
        List<String> name = ctx.queryParam(kind);
        List<P> asked = byName.entrySet()
                .stream()
                .filter(one -> name.isEmpty() || name.get(0).equals(one.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        if (asked.size() == 1) {
            return view(asked.get(0), items.apply(asked.get(0)));
        }
        return asked.stream()
                .flatMap(partner -> view(partner, items.apply(partner)).stream())
                .sorted(Comparator.comparing(Of::item, sequence))
                .toList();
    }

    /** Not a copy: there may be a million. */
    private static <P, T> List<Of<P, T>> view(P partner, List<T> items) {
        return new AbstractList<>() {
            @Override
            public Of<P, T> get(int index) {
                return new Of<>(partner, items.get(index));
            }

            @Override
            public int size() {
                return items.size();
            }
        };
    }

    /** Something, and the partner that has it. */
    record Of<P, T>(P partner, T item) {}
}
