package io.sluice;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Locale;

import org.eclipse.microprofile.config.spi.Converter;

import io.quarkus.runtime.configuration.DurationConverter;

/**
 * Converters that refuse what the converters of SmallRye Config would accept or correct. Blank text counts as absent,
 * as in those.
 */
public final class SettingConverters {

    private SettingConverters() {}

    /** A TCP port; 0 stands for any free one. */
    public static class Port extends Strict<Integer> {
        private static final int MAX = 65_535;

        @Override
        Integer read(String text) {
            int port = Integer.parseInt(text);
            require(port >= 0 && port <= MAX, "it must be between 0 and " + MAX);
            return port;
        }
    }

    /** {@code true} or {@code false}; SmallRye Config reads every other word as false. */
    public static class TrueOrFalse extends Strict<Boolean> {

        @Override
        Boolean read(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new IllegalArgumentException("it must be true or false");
            };
        }
    }

    /** Whether the log is JSON: {@code json} or {@code text}. */
    public static class JsonLog extends Strict<Boolean> {

        @Override
        Boolean read(String text) {
            require(text.equals("json") || text.equals("text"), "it must be text or json");
            return text.equals("json");
        }
    }

    /** A duration from zero up. */
    public static class Latency extends Strict<Duration> {

        @Override
        Duration read(String text) {
            Duration latency = DurationConverter.parseDuration(text);
            require(!latency.isNegative(), "it must not be negative");
            return latency;
        }
    }

    /** A share of all cases, from 0 to 1. */
    public static class Share extends Strict<Double> {

        @Override
        Double read(String text) {
            double share = Double.parseDouble(text);
            require(share >= 0 && share <= 1, "it must be between 0 and 1");
            return share;
        }
    }

    /** The base URL of an HTTP service. */
    public static class HttpUrl extends Strict<URI> {

        @Override
        URI read(String text) {
            URI url = URI.create(text);
            require(("http".equals(url.getScheme()) || "https".equals(url.getScheme())) && url.getHost() != null,
                    "it must be a URL such as http://collector:4318");
            return url;
        }
    }

    /** Names of hosts, separated by commas. */
    public static class HostNames extends Strict<String> {

        @Override
        String read(String text) {
            for (String name : text.split(",")) {
                require(name.strip().matches("[\\p{L}\\p{N}_-]+(\\.[\\p{L}\\p{N}_-]+)*"),
                        "\"" + name.strip() + "\" is no name such as orders.example, without https:// and port");
            }
            return text;
        }
    }

    /** A number from zero up. */
    public static class Amount extends Strict<Double> {
        private static final int MAX = 60_000;

        @Override
        Double read(String text) {
            double amount = Double.parseDouble(text);
            require(amount >= 0 && amount <= MAX, "it must be between 0 and " + MAX);
            return amount;
        }
    }

    /** A file that can be read, such as one with a password. It is read again for each connection. */
    public static class ReadableFile extends Strict<Path> {

        @Override
        Path read(String text) {
            Path file = Path.of(text);
            try {
                check(Files.readAllBytes(file));
            } catch (NoSuchFileException e) {
                throw new IllegalArgumentException("there is no such file", e);
            } catch (IOException e) {
                throw new IllegalArgumentException("it cannot be read: " + e, e);
            }
            return file;
        }

        void check(byte[] content) {
            // A password may be anything.
        }
    }

    /** A PEM file with at least one certificate. */
    public static class CertificateFile extends ReadableFile {

        @Override
        void check(byte[] content) {
            require(new String(content, US_ASCII).contains("-----BEGIN CERTIFICATE-----"),
                    "it has no certificate in PEM format");
            try {
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(content));
            } catch (CertificateException e) {
                throw new IllegalArgumentException("it has a certificate that cannot be read", e);
            }
        }
    }

    private abstract static class Strict<T> implements Converter<T> {

        abstract T read(String text);

        @Override
        public T convert(String text) {
            return text.isBlank() ? null : read(text.strip());
        }
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
