package io.sluice.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A method and addresses, and what they ask for.
 *
 * @param path       with {@code {name}} or {@code *} for a part, and {@code **} at the end for any number of parts
 * @param permission absent if everybody may, also those who are not known
 */
public record Route(String method, String path, Optional<Permission> permission) {
    private static final String PART = "[^/;]+";

    /** @param line permission or {@code public}, method, path */
    static Route of(String line) {
        String[] words = line.strip().split("\\s+");
        if (words.length != 3) {
            throw new IllegalArgumentException("Not a route: " + line);
        }
        Optional<Permission> permission = words[0].equals("public")
                ? Optional.empty()
                : Optional.of(Permission.of(words[0]).orElseThrow(() -> new IllegalArgumentException(line)));
        return new Route(words[1], words[2], permission);
    }

    /** Paths that could be read in two ways (a semicolon, an empty part) do not match. */
    Pattern pattern() {
        List<String> parts = new ArrayList<>();
        for (String part : path.substring(1).split("/", -1)) {
            parts.add(part.equals("**")
                    ? ".*"
                    : part.startsWith("{")
                            ? PART
                            : Pattern.quote(part).replace("*", "\\E" + PART + "\\Q"));
        }
        String all = "/" + String.join("/", parts);
        // "/q/health/**" is "/q/health", too
        return Pattern.compile(all.endsWith("/.*") ? all.substring(0, all.length() - 3) + "(/[^;]*)?" : all);
    }
}
