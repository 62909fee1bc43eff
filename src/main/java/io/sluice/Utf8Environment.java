package io.sluice;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.ConfigSourceProvider;

import io.smallrye.config.EnvConfigSource;

/**
 * Environment variables as UTF-8, as far as the JVM has read them otherwise. In a locale without UTF-8, such as
 * {@code LANG=C}, it reads {@code Käserei} as {@code K??serei}. This needs {@code /proc}; without it, there are none.
 */
public final class Utf8Environment implements ConfigSourceProvider {
    private static final Path BYTES = Path.of("/proc/self/environ");

    @Override
    public Iterable<ConfigSource> getConfigSources(ClassLoader classLoader) {
        Map<String, String> misread = misread();
        return misread.isEmpty() ? List.of() : List.of(new EnvConfigSource(misread, EnvConfigSource.ORDINAL + 1));
    }

    /** All variables. */
    static Map<String, String> all() {
        Map<String, String> all = new HashMap<>(System.getenv());
        all.putAll(misread());
        return all;
    }

    private static Map<String, String> misread() {
        if (ProcessLocale.isUtf8()) {
            return Map.of();
        }
        try {
            return beyondAscii(Files.readAllBytes(BYTES));
        } catch (IOException noSuchFile) {
            return Map.of();
        }
    }

    /**
     * The variables with characters beyond ASCII that are valid UTF-8.
     *
     * @param environment {@code name=value}, each followed by a NUL
     */
    static Map<String, String> beyondAscii(byte[] environment) {
        Map<String, String> variables = new HashMap<>();
        int start = 0;
        for (int end = 0; end < environment.length; end++) {
            if (environment[end] == 0) {
                String variable = beyondAscii(ByteBuffer.wrap(environment, start, end - start));
                int name = variable.indexOf('=');
                if (name > 0) {
                    variables.put(variable.substring(0, name), variable.substring(name + 1));
                }
                start = end + 1;
            }
        }
        return variables;
    }

    /** Empty if all is ASCII, or not UTF-8. */
    private static String beyondAscii(ByteBuffer bytes) {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            return text.chars().allMatch(c -> c < 0x80) ? "" : text;
        } catch (CharacterCodingException otherEncoding) {
            return "";
        }
    }
}
