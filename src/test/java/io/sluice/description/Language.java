package io.sluice.description;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.sluice.testing.NpmPackages;
import io.sluice.testing.Program;

/** What the examples of the documentation are written in, and what runs them. */
enum Language {
    CURL(".sh", "sh", "curl", "jq"), JAVA(".java", "java"), JAVASCRIPT(".mjs", "node"), PYTHON(".py", "python3");

    static final Path EXAMPLES = Path.of("docs", "examples");
    /** Where the documentation says that the service is. */
    private static final String DOCUMENTED = "127.0.0.1:8080";

    private final String suffix;
    private final String[] programs;

    Language(String suffix, String... programs) {
        this.suffix = suffix;
        this.programs = programs;
    }

    /**
     * The command that runs an example as it stands in the documentation, but for the port of the service.
     *
     * @param folder  the working directory of the command
     * @param example its name in all languages but Java: {@code catch-up}
     */
    List<String> command(Path folder, int port, String example, String... arguments) {
        Program.assumeInstalled(programs);
        String name = fileName(example);
        try {
            String text = Files.readString(EXAMPLES.resolve(name));
            Files.writeString(folder.resolve(name), text.replace(DOCUMENTED, "127.0.0.1:" + port));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        List<String> command = new ArrayList<>(List.of(programs[0], name));
        if (this == JAVA) {
            command.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.add(1, "-XX:TieredStopAtLevel=1");
        }
        command.addAll(List.of(arguments));
        return command;
    }

    String fileName(String example) {
        return (this == JAVA ? camelCase(example) : example) + suffix;
    }

    private static String camelCase(String name) {
        StringBuilder camel = new StringBuilder();
        for (String word : name.split("-")) {
            camel.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        return camel.toString();
    }

    /** An empty folder from which scripts find their packages. */
    Path folder() {
        try {
            return Files.createTempDirectory(Files.createDirectories(NpmPackages.FOLDER), name());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
