package io.sluice.packingslip;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;

/**
 * Draws the slip that comes after the one that is being printed, because between two slips of a batch the printer waits: for
 * nothing that could have been done before.
 */
@ApplicationScoped
public class SlipsAhead {
    private static final Logger LOG = Logger.getLogger(SlipsAhead.class);
    private static final int MAX_KEPT = 64;

    private final PackingSlips slips;
    private final SheetTable table;
    /** The oldest goes first: it was of an order that has given way, or that another worker has printed. */
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

    /** The slip as a PDF, drawn now if it was not drawn ahead. */
    public Uni<byte[]> pdf(Slip slip) {
        byte[] ready;
        synchronized (drawn) {
            ready = drawn.remove(slip);
        }
        return ready == null ? slips.pdf(slip) : Uni.createFrom().item(ready);
    }

    /** Draws the slip that comes after that position. Should it fail, the slip is drawn when its turn has come. */
    public void drawAfter(UUID batch, int position) {
        Uni.createFrom()
                .deferred(() -> table.slipAfter(batch, position))
                .chain(next -> next == null
                        ? Uni.createFrom().voidItem()
                        : slips.pdf(next).invoke(pdf -> keep(next, pdf)).replaceWithVoid())
                .subscribe()
                .with(done -> {
                }, failure -> LOG.debugf("The slip after position %d of batch %s is not drawn ahead: %s", position,
                        batch, failure));
    }

    private void keep(Slip slip, byte[] pdf) {
        synchronized (drawn) {
            drawn.put(slip, pdf);
        }
    }
}
