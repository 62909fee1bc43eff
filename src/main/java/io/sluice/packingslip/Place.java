package io.sluice.packingslip;

/** The position of a sheet in its batch: {@code position}, 1-based, of {@code total}. */
public record Place(int position, int total) {

    /** {@code 17/120}. */
    @Override
    public String toString() {
        return position + "/" + total;
    }
}
