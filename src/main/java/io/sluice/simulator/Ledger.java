package io.sluice.simulator;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** All that a partner ever did: in the order it happened, by idempotency key and by order. */
final class Ledger<E extends Effect> implements Closeable {

    private final List<E> all = new ArrayList<>();
    private final Map<String, E> byKey = new HashMap<>();
    private final Map<String, List<E>> byOrder = new HashMap<>();
    private final Journal journal;

    /** @param journalFile where to keep it, or {@code null} for memory only */
    Ledger(Path journalFile, Function<ObjectNode, E> reader) {
        this.journal = journalFile == null ? null : Journal.open(journalFile, line -> remember(reader.apply(line)));
    }

    /** Makes the effect happen: once this returns, it survives the process. */
    void record(E effect) {
        if (journal != null) {
            journal.append(effect.toJson());
        }
        remember(effect);
    }

    /** Every effect so far, oldest first; a live view that only ever grows. */
    List<E> all() {
        return Collections.unmodifiableList(all);
    }

    Optional<E> byKey(String idempotencyKey) {
        return Optional.ofNullable(byKey.get(idempotencyKey));
    }

    List<E> ofOrder(String orderId) {
        return byOrder.getOrDefault(orderId, List.of());
    }

    @Override
    public void close() throws IOException {
        if (journal != null) {
            journal.close();
        }
    }

    private void remember(E effect) {
        all.add(effect);
        byKey.put(effect.idempotencyKey(), effect);
        // Immutable lists of one or two take a third of an ArrayList, and there may be a million of them.
        byOrder.merge(effect.orderId(), List.of(effect),
                (earlier, one) -> Stream.concat(earlier.stream(), one.stream()).toList());
    }
}
