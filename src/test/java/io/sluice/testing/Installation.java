package io.sluice.testing;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A copy of the packaged application, to be changed. */
public final class Installation {
    private static final Path APPLICATION = Path.of("target/quarkus-app").toAbsolutePath();

    private final Path folder;

    private Installation(Path folder) {
        this.folder = folder;
    }

    /** Makes a copy in a new folder. */
    public static Installation in(Path folder) throws IOException {
        Files.createDirectory(folder);
        for (String part : List.of("lib", "quarkus")) {
            Files.createSymbolicLink(folder.resolve(part), APPLICATION.resolve(part));
        }
        Files.copy(APPLICATION.resolve("quarkus-run.jar"), folder.resolve("quarkus-run.jar"));
        Path classes = Files.createDirectory(folder.resolve("app"));
        try (Stream<Path> jars = Files.list(APPLICATION.resolve("app"))) {
            for (Path jar : jars.toList()) {
                Files.copy(jar, classes.resolve(jar.getFileName()));
            }
        }
        return new Installation(folder);
    }

    /** Adds a configuration file beside the jar. */
    public Installation configured(String properties) throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve("config")).resolve("application.properties"),
                properties);
        return this;
    }

    /** Adds a file to the migrations, as a later version would have it. */
    public Installation withMigration(String name, String content) throws IOException {
        try (Stream<Path> jars = Files.list(folder.resolve("app"));
                FileSystem jar = FileSystems.newFileSystem(jars.findFirst().orElseThrow())) {
            Files.writeString(jar.getPath("db/migration", name), content);
        }
        return this;
    }

    /** What {@code java -jar} takes. */
    public Path jar() {
        return folder.resolve("quarkus-run.jar");
    }
}
