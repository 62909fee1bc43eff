package io.sluice.observability;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a PromQL expression selects. */
record Expression(String text) {
    private static final Pattern LABEL_LIST = Pattern
            .compile("\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");
    private static final Pattern SELECTOR = Pattern.compile("\\b([a-zA-Z_:][\\w:]*)\\b(?!\\s*\\()(?:\\{([^}]*)})?");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(=~|!=|!~|=)\\s*\"([^\"]*)\"");
    private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");
    private static final List<String> OPERATORS = List.of("and", "or", "unless", "bool", "offset");

    /** A metric, with the values that its labels must have; an empty value stands for any. */
    record Selected(String metric, Map<String, String> labels) {}

    List<Selected> selected() {
        Matcher selector = SELECTOR.matcher(RANGE.matcher(LABEL_LIST.matcher(text).replaceAll(" ")).replaceAll(" "));
        List<Selected> all = new ArrayList<>();
        while (selector.find()) {
            if (!OPERATORS.contains(selector.group(1))) {
                all.add(new Selected(selector.group(1), labels(selector.group(2))));
            }
        }
        return all;
    }

    private static Map<String, String> labels(String matchers) {
        Map<String, String> labels = new HashMap<>();
        Matcher matcher = MATCHER.matcher(matchers == null ? "" : matchers);
        while (matcher.find()) {
            boolean value = matcher.group(2).equals("=") && !matcher.group(3).startsWith("$");
            labels.put(matcher.group(1), value ? matcher.group(3) : "");
        }
        return labels;
    }
}
