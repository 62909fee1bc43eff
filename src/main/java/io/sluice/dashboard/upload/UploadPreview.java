package io.sluice.dashboard.upload;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.sluice.accept.csv.CsvOrders;
import io.sluice.accept.csv.CsvProblem;
import io.sluice.accept.csv.CsvResult;
import io.sluice.dashboard.Format;

/** What a file would do, or has done: counts, the first orders, and all problems. */
final class UploadPreview {
    private static final int ORDERS_SHOWN = 20;
    private static final int PROBLEMS_SHOWN = 100;

    private final int rows;
    private final List<String> unknownColumns;
    private final List<CsvProblem> problems;
    private final List<PreviewRow> orders = new ArrayList<>();
    /** Of the new orders. */
    private final Set<String> channels = new HashSet<>();
    private int fresh;
    private int known;
    private int refused;
    private int postponed;

    UploadPreview(CsvOrders orders) {
        this.rows = orders.rows();
        this.unknownColumns = orders.unknownColumns();
        this.problems = new ArrayList<>(orders.problems());
    }

    void add(CsvResult result) {
        if (result.isNew()) {
            fresh++;
            channels.add(result.draft().channel());
        } else if (result.isKnown()) {
            known++;
        } else if (result.isPostponed()) {
            postponed++;
        } else {
            refused++;
        }
        problems.addAll(result.problems());
        if (result.problems().isEmpty() && orders.size() < ORDERS_SHOWN) {
            orders.add(new PreviewRow(result));
        }
    }

    /** {@code 12 orders in 30 rows}. */
    public String size() {
        int all = fresh + known + refused + postponed;
        return Format.orders(all) + " in " + (rows == 1 ? "1 row" : Format.number(rows) + " rows");
    }

    /** Whether the columns are right, so that orders could be read. */
    public boolean readable() {
        return fresh + known + refused + postponed > 0;
    }

    /** Names of columns that are not known. */
    public List<String> unknownColumns() {
        return unknownColumns;
    }

    /** Whether they are the only reason why no order can be read. */
    public boolean onlyUnknownColumns() {
        return !readable() && problems.size() == unknownColumns.size();
    }

    public int fresh() {
        return fresh;
    }

    /** Those that are new, in words. */
    public String freshText() {
        return Format.orders(fresh);
    }

    public int known() {
        return known;
    }

    public String knownText() {
        return Format.orders(known);
    }

    public int refused() {
        return refused;
    }

    public String refusedText() {
        return Format.orders(refused);
    }

    /** Those that could not be stored for a reason that passes. */
    int postponed() {
        return postponed;
    }

    /** The first orders without problems. */
    public List<PreviewRow> orders() {
        return orders;
    }

    /** How many orders without problems there are besides the first. */
    public int moreOrders() {
        return fresh + known - orders.size();
    }

    public List<CsvProblem> firstProblems() {
        return problems.subList(0, Math.min(PROBLEMS_SHOWN, problems.size()));
    }

    /** The table with the new orders; they may have been placed long ago, and would stand far below the newest. */
    String table(boolean handledAtOnce) {
        String channel = channels.size() == 1
                ? "channel=" + URLEncoder.encode(channels.iterator().next(), StandardCharsets.UTF_8)
                : "";
        String status = handledAtOnce ? "" : "status=RECEIVED";
        return fresh == 0 ? "." : "./?" + status + (status.isEmpty() || channel.isEmpty() ? "" : "&") + channel;
    }

    List<CsvProblem> problems() {
        return problems;
    }

    public String problemsText() {
        return problems.size() == 1 ? "1 problem" : Format.number(problems.size()) + " problems";
    }

    public int moreProblems() {
        return Math.max(0, problems.size() - PROBLEMS_SHOWN);
    }
}
