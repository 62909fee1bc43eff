package io.sluice.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.Optional;

/** A second JVM that starts or joins the services of a folder, reports the result, and runs until it is closed. */
final class OtherProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;

    private OtherProcess(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    }

    /** The entry point of the second JVM. */
    public static void main(String[] args) throws IOException {
        try (EmbeddedServices services = EmbeddedServices.startOrJoin(Path.of(args[0]), line -> {
        }, line -> {
        })) {
            if (services.owner()) {
                services.announce(Optional.of("http://127.0.0.1:1"));
            }
            System.out.println((services.owner() ? "owner " : "joined ") + services.databaseUrl());
            System.in.read();
        } catch (EmbeddedServicesException e) {
            System.out.println("refused " + e.getMessage());
        }
        System.exit(0);
    }

    static OtherProcess start(Path folder) throws IOException {
        return new OtherProcess(new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-cp", System.getProperty("java.class.path"), OtherProcess.class.getName(), folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** The reported result. */
    String answer() throws IOException {
        return output.readLine();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.getOutputStream().close();
        process.waitFor();
    }
}
