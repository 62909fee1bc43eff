package io.sluice.batch;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

/** What a batch keeps as JSON. */
@ApplicationScoped
class BatchJson {
    private final ObjectMapper json;

    BatchJson(ObjectMapper json) {
        this.json = json;
    }

    String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    List<Rejected> rejected(String text) {
        return read(text, new TypeReference<>() {});
    }

    BatchCounts counts(String text) {
        return read(text, new TypeReference<>() {});
    }

    FilterView filter(String text) {
        return read(text, new TypeReference<>() {});
    }

    private <T> T read(String text, TypeReference<T> type) {
        try {
            return text == null ? null : json.readValue(text, type);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("What is stored of a batch cannot be read", broken);
        }
    }
}
