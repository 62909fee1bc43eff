package io.sluice.dashboard.imports;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.sluice.dashboard.Format;
import io.sluice.intake.ProblemView;
import io.sluice.json.InputError;

/** A fetched order that needs a person. */
record ProblemRow(ProblemView problem) {
    private static final int SHOWN = 5;

    public long id() {
        return problem.id();
    }

    /** Its number at the marketplace. */
    public String number() {
        return problem.externalId() == null ? "No number" : problem.externalId();
    }

    /** Whether it can be fetched again, and is not about to be. */
    public boolean fetchable() {
        return problem.externalId() != null && problem.retryAt() == null;
    }

    /** Whether it is about to be fetched again. */
    public boolean awaited() {
        return problem.retryAt() != null;
    }

    /** The order of this number in Sluice, or null. */
    public UUID orderId() {
        return problem.orderId();
    }

    public Instant seenAt() {
        return problem.seenAt();
    }

    public String seen() {
        return Format.minutes(problem.seenAt());
    }

    /** What is wrong, with the field in front if it is about one. */
    public List<Fault> faults() {
        return problem.errors().stream().limit(SHOWN).map(ProblemRow::fault).toList();
    }

    /** How many more things are wrong than are shown. */
    public int more() {
        return Math.max(0, problem.errors().size() - SHOWN);
    }

    /** @param field null if it is about the order as a whole */
    record Fault(String field, String detail) {}

    private static Fault fault(InputError error) {
        return new Fault(error.pointer().isEmpty() ? null : words(error.pointer()), error.detail());
    }

    /** {@code /lines/0/quantity} as {@code lines 1 quantity}: people count from one. */
    private static String words(String pointer) {
        return Stream.of(pointer.substring(1).split("/"))
                .map(part -> part.matches("\\d{1,5}") ? Integer.toString(Integer.parseInt(part) + 1) : part)
                .collect(Collectors.joining(" "));
    }
}
