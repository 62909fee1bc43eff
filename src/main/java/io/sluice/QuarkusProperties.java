package io.sluice;

import java.net.URI;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * System properties that the entry point sets for Quarkus while the application runs. In development mode the
 * application runs many times in one JVM, and each run must find the configuration as the user left it.
 */
final class QuarkusProperties implements AutoCloseable {

    private static final String REACTIVE_PREFIX = "vertx-reactive:";

    private final Settings settings;
    private final Map<String, String> before = new LinkedHashMap<>();

    QuarkusProperties(Settings settings) {
        this.settings = settings;
    }

    void set(String key, Object value) {
        before.putIfAbsent(key, System.getProperty(key));
        System.setProperty(key, value.toString());
    }

    /** Sets a value unless one is configured. */
    void setDefault(String key, Object value) {
        if (settings.text(key).isEmpty()) {
            set(key, value);
        }
    }

    /** Sets the database for the pool, and the same one for the migrations, which use JDBC. */
    void database(String reactiveUrl) {
        URI url = uri(reactiveUrl);
        setDefault("quarkus.datasource.reactive.url", reactiveUrl);
        setDefault("quarkus.datasource.jdbc.url", jdbcUrl(reactiveUrl));
        if (url.getUserInfo() != null) {
            String[] user = url.getUserInfo().split(":", 2);
            setDefault("quarkus.datasource.username", user[0]);
            if (user.length == 2) {
                setDefault("quarkus.datasource.password", user[1]);
            }
        }
    }

    /** The same database, for JDBC. */
    static String jdbcUrl(String reactiveUrl) {
        URI url = uri(reactiveUrl);
        // A JDBC URL has no user and password before the host.
        String authority = url.getRawAuthority() == null ? "" : url.getRawAuthority().replaceFirst("^.*@", "");
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        return "jdbc:postgresql://" + authority + url.getRawPath() + query;
    }

    private static URI uri(String reactiveUrl) {
        return URI.create(reactiveUrl.startsWith(REACTIVE_PREFIX)
                ? reactiveUrl.substring(REACTIVE_PREFIX.length())
                : reactiveUrl);
    }

    /** Turns tracing on, if there is somewhere to send spans to. */
    void tracing() {
        settings.tracingEndpoint().ifPresent(endpoint -> {
            set("quarkus.otel.sdk.disabled", false);
            set("quarkus.otel.exporter.otlp.traces.endpoint", withoutSignalPath(endpoint));
            settings.tracingRatio().ifPresent(ratio -> set("quarkus.otel.traces.sampler.arg", ratio));
        });
    }

    /** Quarkus appends the path of the signal, which many receivers document as a part of their URL. */
    private static String withoutSignalPath(URI endpoint) {
        return endpoint.toString().replaceFirst("/v1/traces/?$", "");
    }

    /** Has Quarkus find the partners that environment variables name. */
    void partnersOfEnvironment(Map<String, String> environment) {
        PartnerKeys.ofEnvironment(environment).forEach((key, value) -> {
            if (System.getProperty(key) == null) {
                set(key, value);
            }
        });
    }

    /** Points the default partners at a simulator. */
    void defaultPartners(String simulatorUrl) {
        for (String partner : new String[]{"carrier", "printer", "marketplace"}) {
            setDefault("sluice.partners." + partner + ".url", simulatorUrl + "/" + partner);
        }
    }

    /** Points the named partners that have no URL, but a rule, at a simulator. */
    void namedPartners(String simulatorUrl) {
        Set<String> keys = new HashSet<>(before.keySet());
        settings.keys().forEach(keys::add);
        PartnerKeys.simulatorUrls(keys, simulatorUrl).forEach(this::setDefault);
    }

    @Override
    public void close() {
        before.forEach((key, value) -> {
            if (value == null) {
                System.clearProperty(key);
            } else {
                System.setProperty(key, value);
            }
        });
        before.clear();
    }
}
