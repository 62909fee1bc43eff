package io.sluice;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.ConfigSourceProvider;

import io.smallrye.config.PropertiesConfigSource;

/**
 * {@code config/application.properties} beside the jar, for a process that is started in another folder. Quarkus reads
 * the one of the working directory, which comes before it; the environment comes before both.
 */
public final class FolderOfJar implements ConfigSourceProvider {
    private static final String JAR = "quarkus-run.jar";
    private static final int ORDINAL = 259;

    @Override
    public Iterable<ConfigSource> getConfigSources(ClassLoader classLoader) {
        Path jar = Path.of(System.getProperty("java.class.path", ""));
        Path file = jar.resolveSibling("config").resolve("application.properties");
        if (!jar.endsWith(JAR) || !Files.isRegularFile(file)) {
            return List.of();
        }
        try {
            return List.of(new PropertiesConfigSource(file.toUri().toURL(), ORDINAL));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }
}
