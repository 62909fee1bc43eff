package io.sluice;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Map;

/** Adds parameters to a JDBC URL. */
final class JdbcUrl {

    private JdbcUrl() {}

    /** The URL with these parameters, except those that it has already. */
    static String with(String url, Map<String, String> parameters) {
        StringBuilder result = new StringBuilder(url);
        parameters.forEach((name, value) -> {
            if (!url.contains("?" + name + "=") && !url.contains("&" + name + "=")) {
                result.append(result.indexOf("?") < 0 ? '?' : '&')
                        .append(name)
                        .append('=')
                        .append(URLEncoder.encode(value, UTF_8));
            }
        });
        return result.toString();
    }
}
