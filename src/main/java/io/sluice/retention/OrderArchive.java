package io.sluice.retention;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.sluice.store.ActionView;
import io.sluice.store.AttemptView;
import io.sluice.store.OrderHistory;
import io.sluice.store.OrderView;
import io.sluice.store.Orders;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/**
 * Writes orders to compressed files before they are removed: one JSON object a line, with the order and its history as
 * the API shows them. Each day and process has a file of its own. An order can be in the files twice, if the process
 * ended between writing and removing.
 */
@ApplicationScoped
class OrderArchive {
    private final Path folder;
    private final Orders orders;
    private final ObjectMapper json;
    private final String process = UUID.randomUUID().toString().substring(0, 8);

    OrderArchive(RetentionConfig config, Orders orders, ObjectMapper json) {
        this.folder = config.archive().orElse(null);
        this.orders = orders;
        this.json = json;
    }

    private record Line(OrderView order, List<AttemptView> attempts, List<ActionView> actions) {}

    /** Completes once these orders are on the disk; at once if there is no archive. */
    Uni<Void> write(List<RetentionTable.OldOrder> old) {
        return folder == null ? Uni.createFrom().voidItem() : write(folder, old);
    }

    Uni<Void> write(Path to, List<RetentionTable.OldOrder> old) {
        List<UUID> ids = old.stream().map(RetentionTable.OldOrder::id).toList();
        return orders.findAll(ids)
                .chain(found -> orders.histories(ids)
                        .emitOn(Infrastructure.getDefaultWorkerPool())
                        .invoke(histories -> append(to, found, histories)))
                .replaceWithVoid();
    }

    private void append(Path to, List<OrderView> found, Map<UUID, OrderHistory> histories) {
        try {
            String file = "orders-" + LocalDate.now(ZoneOffset.UTC) + "-" + process + ArchiveFolder.SUFFIX;
            new ArchiveFolder(to).append(file, compressed(found, histories));
        } catch (IOException e) {
            throw new UncheckedIOException("The archive " + to + " cannot be written", e);
        }
    }

    /** A member of its own: a gzip file may have many (RFC 1952, section 2.2). */
    private byte[] compressed(List<OrderView> found, Map<UUID, OrderHistory> histories) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            for (OrderView order : found) {
                OrderHistory history = histories.get(order.id());
                gzip.write(json.writeValueAsBytes(new Line(order, history.attempts(), history.actions())));
                gzip.write('\n');
            }
        }
        return bytes.toByteArray();
    }
}
