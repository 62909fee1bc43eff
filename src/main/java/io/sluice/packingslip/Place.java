package io.sluice.packingslip;

/** Where a sheet belongs in its batch: {@code position}, from 1, of {@code total}. */
public record Place(int position, int total) {

    /** {@code 17/120}. */
    @Override
    public String toString() {
        return position + "/" + total;
    }
}
