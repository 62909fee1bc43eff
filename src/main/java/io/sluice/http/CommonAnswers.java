package io.sluice.http;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.examples.Example;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

import io.quarkus.smallrye.openapi.OpenApiFilter;

/** Adds to the description of the API ({@code META-INF/openapi.yaml}) what its operations have in common. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class CommonAnswers implements OASFilter {
    /** Any request may be answered with these. */
    private static final List<Integer> OF_ALL = List.of(400, 404, 406, 414, 421, 422, 431, 500, 503);
    /** In addition, one that changes something. */
    private static final List<Integer> OF_CHANGES = List.of(403, 409, 413, 415);
    private static final Map<Integer, String> HEADERS = Map.of(409, "Retry-After", 412, "ETag", 415, "Accept-Encoding",
            503, "Retry-After");

    @Override
    public void filterOpenAPI(OpenAPI api) {
        // Pages are for people.
        List.copyOf(api.getPaths().getPathItems().keySet())
                .stream()
                .filter(path -> !path.startsWith("/api/"))
                .forEach(api.getPaths()::removePathItem);
        Components components = api.getComponents();
        api.getPaths()
                .getPathItems()
                .values()
                .forEach(path -> path.getOperations()
                        .forEach((method, operation) -> complete(method, operation, components)));
        components.getResponses().values().forEach(CommonAnswers::addRequestId);
    }

    private static void complete(PathItem.HttpMethod method, Operation operation, Components components) {
        OF_ALL.forEach(status -> addProblem(operation, status));
        if (method == PathItem.HttpMethod.POST || method == PathItem.HttpMethod.PATCH) {
            OF_CHANGES.forEach(status -> addProblem(operation, status));
            operation.addParameter(parameter("Idempotency-Key"));
        }
        if (method == PathItem.HttpMethod.PATCH) {
            operation.getResponses().getAPIResponse("415").addHeader("Accept-Patch", header("Accept-Patch"));
        }
        if (parameters(operation, components).anyMatch(sent -> "If-Match".equals(sent.getName()))) {
            addProblem(operation, 412);
        }
        operation.addParameter(parameter("X-Request-Id"));
        operation.getResponses().getAPIResponses().values().forEach(CommonAnswers::addRequestId);
        if (operation.getDescription() == null) {
            operation.setDescription(operation.getSummary());
        }
    }

    private static Stream<Parameter> parameters(Operation operation, Components components) {
        return operation.getParameters() == null
                ? Stream.empty()
                : operation.getParameters()
                        .stream()
                        .map(sent -> sent.getRef() == null
                                ? sent
                                : components.getParameters().get(sent.getRef().replaceFirst(".*/", "")));
    }

    private static Parameter parameter(String name) {
        return OASFactory.createParameter().ref(name);
    }

    private static Header header(String name) {
        return OASFactory.createHeader().ref(name);
    }

    private static void addProblem(Operation operation, int status) {
        String code = Integer.toString(status);
        if (operation.getResponses().getAPIResponse(code) == null
                || operation.getResponses().getAPIResponse(code).getContent() == null) {
            operation.getResponses().addAPIResponse(code, problem(status));
        }
    }

    private static APIResponse problem(int status) {
        APIResponse response = OASFactory.createAPIResponse()
                .description(types(status).map(ProblemType::title).collect(Collectors.joining(" / ")))
                .addHeader("Link", header("Link"))
                .content(OASFactory.createContent()
                        .addMediaType(Problem.MEDIA_TYPE, OASFactory.createMediaType()
                                .schema(OASFactory.createSchema().ref("Problem"))
                                .examples(types(status)
                                        .collect(Collectors.toMap(ProblemType::id, CommonAnswers::example)))));
        if (HEADERS.containsKey(status)) {
            response.addHeader(HEADERS.get(status), header(HEADERS.get(status)));
        }
        return response;
    }

    private static Example example(ProblemType type) {
        return OASFactory.createExample()
                .value(Map.of("type", type.uri(), "title", type.title(), "status", type.status(), "detail",
                        type.help()));
    }

    private static Stream<ProblemType> types(int status) {
        return Arrays.stream(ProblemType.values()).filter(type -> type.status() == status);
    }

    private static void addRequestId(APIResponse response) {
        if (response.getRef() == null) {
            response.addHeader("X-Request-Id", header("X-Request-Id"));
        }
    }
}
