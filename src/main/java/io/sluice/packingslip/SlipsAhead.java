package io.sluice.packingslip;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;

/** Draws the next slip of a batch in advance, so that the printer does not wait for it. */
@ApplicationScoped
public class SlipsAhead {
    private static final Logger LOG = Logger.getLogger(SlipsAhead.class);
    private static final int MAX_KEPT = 64;

    private final PackingSlips slips;
    private final SheetTable table;
    /** Evicts the oldest slip: its order was overtaken, or another worker has printed it. */
    private final Map<Slip, byte[]> drawn = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Slip, byte[]> eldest) {
            return size() > MAX_KEPT;
        }
    };

    public SlipsAhead(PackingSlips slips, SheetTable table) {
        this.slips = slips;
        this.table = table;
    }

    /** The slip as a PDF, drawn now if it is not cached. */
    public Uni<byte[]> pdf(Slip slip) {
        byte[] ready;
        synchronized (drawn) {
            ready = drawn.remove(slip);
        }
        return ready == null ? slips.pdf(slip) : Uni.createFrom().item(ready);
    }

    /** Draws the slip after this position in advance. If that fails, the slip is drawn when it is printed. */
    public void drawAfter(UUID batch, int position) {
        Uni.createFrom()
                .deferred(() -> table.slipAfter(batch, position))
                .chain(next -> next == null
                        ? Uni.createFrom().voidItem()
                        : slips.pdf(next).invoke(pdf -> keep(next, pdf)).replaceWithVoid())
                .subscribe()
                .with(done -> {
                }, failure -> LOG.debugf("The slip after position %d of batch %s was not drawn in advance: %s",
                        position,
                        batch, failure));
    }

    private void keep(Slip slip, byte[] pdf) {
        synchronized (drawn) {
            drawn.put(slip, pdf);
        }
    }
}
