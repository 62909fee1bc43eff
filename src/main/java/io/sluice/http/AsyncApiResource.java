package io.sluice.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;

/** The description of event streams and webhooks (AsyncAPI), beside that of the API at {@code /q/openapi}. */
@Path("/q/asyncapi")
@Produces("application/yaml;charset=UTF-8")
public class AsyncApiResource {
    private static final String DOCUMENT = read();

    private static String read() {
        try (InputStream file = AsyncApiResource.class.getResourceAsStream("/META-INF/asyncapi.yaml")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @GET
    public String document() {
        return DOCUMENT;
    }
}
