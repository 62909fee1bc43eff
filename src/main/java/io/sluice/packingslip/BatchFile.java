package io.sluice.packingslip;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * One PDF with the sheets of a batch, in print order. Sheets are read, drawn and sent in chunks on demand, so memory
 * use does not depend on the size of the batch.
 */
final class BatchFile {
    private static final int SHEETS_AT_A_TIME = 50;

    private final PackingSlips slips;
    private final SheetTable table;
    private final SheetTable.Batch batch;
    private final ByteArrayOutputStream drawn = new ByteArrayOutputStream();
    private final SlipFile file;

    BatchFile(PackingSlips slips, SheetTable table, SheetTable.Batch batch) {
        this.slips = slips;
        this.table = table;
        this.batch = batch;
        this.file = slips.open(drawn, "Packing slips of batch " + batch.id());
    }

    /** The file for the positions {@code first} to {@code last}. Can be consumed only once. */
    Multi<byte[]> bytes(int first, int last) {
        Multi<byte[]> sheets = Multi.createFrom()
                .iterable(pieces(first, last))
                .onItem()
                .transformToUniAndConcatenate(this::draw);
        Multi<byte[]> end = Multi.createFrom().uni(Uni.createFrom().deferred(this::end));
        return Multi.createBy().concatenating().streams(sheets, end).filter(bytes -> bytes.length > 0);
    }

    private record Piece(int first, int last) {}

    private List<Piece> pieces(int first, int last) {
        List<Piece> pieces = new ArrayList<>();
        for (int from = first; from <= last; from += SHEETS_AT_A_TIME) {
            pieces.add(new Piece(from, Math.min(last, from + SHEETS_AT_A_TIME - 1)));
        }
        if (batch.reversed()) {
            Collections.reverse(pieces);
        }
        return pieces;
    }

    private Uni<byte[]> draw(Piece piece) {
        return table.sheets(batch.id(), piece.first(), piece.last()).chain(sheets -> slips.offTheEventLoop(() -> {
            List<Sheet> inPrintOrder = new ArrayList<>(sheets);
            if (batch.reversed()) {
                Collections.reverse(inPrintOrder);
            }
            inPrintOrder.forEach(file::add);
            return take();
        }));
    }

    private Uni<byte[]> end() {
        return slips.offTheEventLoop(() -> {
            file.close();
            return take();
        });
    }

    private byte[] take() {
        byte[] bytes = drawn.toByteArray();
        drawn.reset();
        return bytes;
    }
}
