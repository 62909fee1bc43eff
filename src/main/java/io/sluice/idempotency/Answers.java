package io.sluice.idempotency;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.sluice.http.ProblemException;
import io.sluice.store.OrderView;
import io.sluice.store.Orders;
import io.smallrye.mutiny.Uni;

/** Turns answers of resources into what is stored of them, and back. */
@ApplicationScoped
class Answers {
    private final ObjectMapper json;
    private final Orders orders;

    Answers(ObjectMapper json, Orders orders) {
        this.json = json;
        this.orders = orders;
    }

    /** @param returned a {@link Response}, or what the framework makes one of */
    StoredAnswer of(Object returned, Method method) {
        if (returned instanceof RestResponse<?> response) {
            return of(response.toResponse(), method);
        }
        if (returned instanceof Response response) {
            Map<String, String> headers = new HashMap<>();
            response.getStringHeaders().forEach((name, values) -> headers.put(name, String.join(", ", values)));
            return of(response.getStatus(), response.getEntity(), headers);
        }
        ResponseStatus status = method.getAnnotation(ResponseStatus.class);
        return of(status == null ? Response.Status.OK.getStatusCode() : status.value(), returned, Map.of());
    }

    private StoredAnswer of(int status, Object entity, Map<String, String> headers) {
        UUID order = entity instanceof OrderView view ? view.id() : null;
        Object kept = entity instanceof NotAllKept some ? some.kept() : entity;
        return new StoredAnswer(status, kept == null ? null : toJson(kept), toJson(headers), order);
    }

    /**
     * Fails with the exception that the framework turns into the stored answer, because that fits a method of any type.
     */
    <T> Uni<T> replay(StoredAnswer answer) {
        if (answer.status() == StoredAnswer.CONFLICT) {
            throw ProblemException.conflict(answer.body()).replayed();
        }
        Response.ResponseBuilder response = Response.status(answer.status())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(IdempotencyKey.REPLAYED, true);
        headers(answer).forEach(response::header);
        Uni<?> body = answer.body() == null && answer.orderId() != null
                ? orders.find(answer.orderId())
                : Uni.createFrom().item(bytes(answer.body()));
        return body.chain(entity -> Uni.createFrom()
                .failure(new WebApplicationException(response.entity(entity).build())));
    }

    private static byte[] bytes(String body) {
        return body == null ? null : body.getBytes(StandardCharsets.UTF_8);
    }

    private Map<String, String> headers(StoredAnswer answer) {
        try {
            return json.readValue(answer.headers(), new TypeReference<Map<String, String>>() {});
        } catch (IOException broken) {
            throw new UncheckedIOException("A stored answer cannot be read", broken);
        }
    }

    private String toJson(Object entity) {
        try {
            return json.writeValueAsString(entity);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
