package io.sluice.http;

import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;

import io.sluice.json.InputError;
import io.sluice.json.InputException;
import io.sluice.json.JsonPointers;

/** The problem for JSON that the framework cannot read: its place and the reason, without names of our classes. */
final class JsonProblems {

    private JsonProblems() {}

    static ProblemException of(JsonProcessingException e) {
        if (e instanceof JsonMappingException mapping) {
            return ProblemException.invalid(List.of(InputError.at(pointer(mapping), detail(mapping))));
        }
        return ProblemException.of(InputException.malformed(e));
    }

    private static String detail(JsonMappingException e) {
        return e instanceof UnrecognizedPropertyException
                ? "This field is not known."
                : "This is not of the expected type.";
    }

    private static String pointer(JsonMappingException e) {
        var pointer = new StringBuilder();
        for (JsonMappingException.Reference step : e.getPath()) {
            pointer.append('/');
            if (step.getFieldName() == null) {
                pointer.append(step.getIndex());
            } else {
                pointer.append(JsonPointers.escape(step.getFieldName()));
            }
        }
        return pointer.toString();
    }
}
