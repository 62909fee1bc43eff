package io.sluice.testing;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * A real IPP printer without paper: {@code ippeveprinter} of CUPS. It needs a D-Bus even when it does not announce
 * itself, so it gets a private one.
 */
public final class IppPeer implements AutoCloseable {
    private final Process bus;
    private final Process printer;
    private final Path spool;
    private final int port;

    private IppPeer(Path folder, String... moreArguments) throws IOException {
        Path busAddress = folder.resolve("bus");
        this.spool = Files.createDirectories(folder.resolve("spool"));
        this.port = Ports.free();
        this.bus = start(folder, "dbus", new ProcessBuilder(tool("dbus-daemon"), "--session", "--nofork",
                "--address=unix:path=" + busAddress));
        await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(busAddress));
        List<String> command = new ArrayList<>(List.of(tool("ippeveprinter"), "-r", "off", "-n", "localhost", "-p",
                Integer.toString(port), "-f", "application/pdf", "-k", "-d", spool.toString()));
        command.addAll(List.of(moreArguments));
        command.add("Test printer");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=" + busAddress);
        this.printer = start(folder, "printer", builder);
        await().atMost(Duration.ofMinutes(1)).until(this::listens);
    }

    /** A printer that finishes jobs at once. Without the tool, the test is skipped; on a build server it fails. */
    public static IppPeer quick(Path folder) {
        return start(folder, "-c", tool("true"));
    }

    /** A printer that needs some seconds per job and rejects further jobs meanwhile. */
    public static IppPeer slow(Path folder) {
        return start(folder);
    }

    private static IppPeer start(Path folder, String... moreArguments) {
        try {
            return new IppPeer(folder, moreArguments);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    public URI uri() {
        return URI.create("ipp://localhost:" + port + "/ipp/print");
    }

    /** The received documents, oldest first. */
    public List<byte[]> documents() {
        try {
            List<byte[]> documents = new ArrayList<>();
            for (Path file : spooled()) {
                documents.add(Files.readAllBytes(file));
            }
            return documents;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The job names, as used in file names: colons become underscores. */
    public List<String> jobs() {
        return spooled().stream()
                .map(file -> file.getFileName().toString().replaceFirst("^\\d+-", "").replaceFirst("\\.pdf$", ""))
                .toList();
    }

    private List<Path> spooled() {
        try (Stream<Path> files = Files.list(spool)) {
            return files.filter(file -> file.toString().endsWith(".pdf"))
                    .sorted((one, other) -> jobNumber(one) - jobNumber(other))
                    .toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static int jobNumber(Path file) {
        return Integer.parseInt(file.getFileName().toString().replaceFirst("-.*", ""));
    }

    private boolean listens() {
        if (!printer.isAlive()) {
            throw new IllegalStateException("The printer exited with " + printer.exitValue());
        }
        try (Socket socket = new Socket("localhost", port)) {
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static Process start(Path folder, String name, ProcessBuilder builder) throws IOException {
        return builder.redirectErrorStream(true).redirectOutput(folder.resolve(name + ".log").toFile()).start();
    }

    private static String tool(String name) {
        Optional<Path> tool = Stream
                .concat(Stream.of(System.getenv("PATH").split(File.pathSeparator)), Stream.of("/usr/sbin", "/usr/bin"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
        if (tool.isEmpty()) {
            String why = "No " + name + " found on the PATH; on Debian, install cups-ipp-utils and dbus-daemon";
            if (Boolean.parseBoolean(System.getenv("CI"))) {
                Assertions.fail(why);
            }
            Assumptions.abort(why);
        }
        return tool.get().toString();
    }

    @Override
    public void close() {
        for (Process process : List.of(printer, bus)) {
            process.destroy();
            try {
                if (!process.waitFor(10, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException interrupted) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
