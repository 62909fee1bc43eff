package io.sluice.dashboard.imports;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.sluice.dashboard.Format;
import io.sluice.intake.ImportView;
import io.sluice.intake.ProblemView;

/**
 * One marketplace on the page of imports.
 *
 * @param problems the newest orders with problems
 */
record ImportSection(ImportView view, List<ProblemRow> problems) {

    static ImportSection of(ImportView view, List<ProblemView> problems) {
        return new ImportSection(view, problems.stream().map(ProblemRow::new).toList());
    }

    public String name() {
        return view.marketplace();
    }

    /** What orders that arrive are given. */
    public String subtitle() {
        return (view.channels().size() == 1 ? "Channel " : "Channels ") + String.join(", ", view.channels())
                + (view.handling().equals("auto")
                        ? "; orders are handled as soon as they arrive."
                        : "; orders wait in the table until you press Handle.");
    }

    public String label() {
        return switch (view.state()) {
            case WAITING -> waiting();
            case IMPORTING -> "Importing";
            case DOWN -> "Marketplace down";
            case PAUSED -> "Marketplace paused";
        };
    }

    private String waiting() {
        if (view.last() == null) {
            return "Not imported yet";
        }
        if (failed()) {
            return "Failed";
        }
        return view.problems() == 0 ? "OK" : view.problems() == 1 ? "1 problem" : view.problems() + " problems";
    }

    private boolean failed() {
        return view.last() != null && view.last().error() != null;
    }

    /** The id of the icon in {@code icons.svg}. */
    public String icon() {
        return switch (view.state()) {
            case WAITING ->
                failed() ? "failed" : view.last() == null ? "received" : view.problems() > 0 ? "delayed" : "handled";
            case IMPORTING -> "handling";
            case DOWN -> "failed";
            case PAUSED -> "delayed";
        };
    }

    public ImportView.State state() {
        return view.state();
    }

    /** When the last import ended or, while it goes on, began; null before the first. */
    public Instant lastAt() {
        ImportView.Run last = view.last();
        return last == null ? null : last.finishedAt() == null ? last.startedAt() : last.finishedAt();
    }

    public String last() {
        return Format.seconds(lastAt());
    }

    /** How the last import went. */
    public String result() {
        return result(view.last());
    }

    /** Null while the next import is not due at a known time. */
    public Instant nextAt() {
        return view.state() == ImportView.State.WAITING ? view.nextAt() : null;
    }

    public String next() {
        return Format.seconds(view.nextAt());
    }

    /** Why nothing is fetched, or null. */
    public String held() {
        return switch (view.state()) {
            case DOWN -> "The marketplace is down. The import goes on when it works again.";
            case PAUSED -> "The marketplace is paused. The import goes on when you resume it.";
            case WAITING, IMPORTING -> null;
        };
    }

    /** Those that are not shown. */
    public long more() {
        return view.problems() - problems.size();
    }

    /** An import in a sentence: {@code 3 new orders, 1 cancelled.} */
    static String result(ImportView.Run run) {
        List<String> parts = new ArrayList<>();
        if (run.created() > 0) {
            parts.add(run.created() == 1 ? "1 new order" : Format.number(run.created()) + " new orders");
        }
        if (run.known() > 0) {
            parts.add(Format.number(run.known()) + " known already");
        }
        if (run.cancelled() > 0) {
            parts.add(Format.number(run.cancelled()) + " cancelled");
        }
        if (run.problems() > 0) {
            parts.add(run.problems() == 1 ? "1 with a problem" : Format.number(run.problems()) + " with problems");
        }
        String counts = parts.isEmpty() ? "No new orders" : String.join(", ", parts);
        return run.error() == null ? counts + "." : counts + ". Then it stopped: " + run.error();
    }
}
