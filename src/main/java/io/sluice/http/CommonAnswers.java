package io.sluice.http;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

import io.quarkus.smallrye.openapi.OpenApiFilter;

/** Adds to the description of the API ({@code META-INF/openapi.yaml}) what its operations have in common. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class CommonAnswers implements OASFilter {
    /** Any request may be answered with these. */
    private static final List<Integer> OF_ALL = List.of(400, 401, 403, 404, 406, 414, 421, 422, 429, 431, 500, 503);
    /** In addition, one that changes something. */
    private static final List<Integer> OF_CHANGES = List.of(409, 413, 415);
    private static final Map<Integer, List<String>> HEADERS = Map.of(401, List.of("WWW-Authenticate"), 409,
            List.of("Retry-After"), 412, List.of("ETag"),
            415, List.of("Accept-Encoding", "Accept-Patch"), 429, List.of("Retry-After"), 503, List.of("Retry-After"));
    private static final List<String> HEADERS_OF_ALL = List.of("X-Request-Id", "RateLimit-Policy", "RateLimit",
            "Vary");

    @Override
    public void filterOpenAPI(OpenAPI api) {
        Components components = api.getComponents();
        Set<Integer> problems = new TreeSet<>();
        api.getPaths().getPathItems().values().forEach(path -> path.getOperations().forEach((method, operation) -> {
            complete(method, operation, components);
            problems.addAll(problems(operation));
        }));
        problems.forEach(status -> components.addResponse(problemName(status), problem(status)));
        components.getResponses().values().forEach(response -> complete(response, components));
    }

    private static void complete(PathItem.HttpMethod method, Operation operation, Components components) {
        OF_ALL.forEach(status -> addProblem(operation, status));
        if (method == PathItem.HttpMethod.POST || method == PathItem.HttpMethod.PATCH) {
            OF_CHANGES.forEach(status -> addProblem(operation, status));
            operation.addParameter(parameter("Idempotency-Key"));
        }
        if (parameters(operation, components).anyMatch(sent -> "If-Match".equals(sent.getName()))) {
            addProblem(operation, 412);
        }
        operation.addParameter(parameter("X-Request-Id"));
        // Those that the document names for single operations.
        problems(operation).forEach(status -> addProblem(operation, status));
        operation.getResponses().getAPIResponses().values().forEach(response -> complete(response, components));
        if (operation.getDescription() == null) {
            operation.setDescription(operation.getSummary());
        }
    }

    private static List<Integer> problems(Operation operation) {
        return operation.getResponses()
                .getAPIResponses()
                .keySet()
                .stream()
                .map(Integer::valueOf)
                .filter(status -> status >= 400)
                .toList();
    }

    private static Stream<Parameter> parameters(Operation operation, Components components) {
        return operation.getParameters() == null
                ? Stream.empty()
                : operation.getParameters()
                        .stream()
                        .map(sent -> sent.getRef() == null
                                ? sent
                                : components.getParameters().get(named(sent.getRef())));
    }

    private static Parameter parameter(String name) {
        return OASFactory.createParameter().ref(name);
    }

    private static Header header(String name) {
        return OASFactory.createHeader().ref(name);
    }

    private static void addProblem(Operation operation, int status) {
        operation.getResponses()
                .addAPIResponse(Integer.toString(status), OASFactory.createAPIResponse().ref(problemName(status)));
    }

    private static String problemName(int status) {
        return "Problem" + status;
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
        HEADERS.getOrDefault(status, List.of()).forEach(name -> response.addHeader(name, header(name)));
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

    private static void complete(APIResponse response, Components components) {
        if (response.getRef() == null) {
            HEADERS_OF_ALL.forEach(name -> response.addHeader(name, header(name)));
            addExamples(response, components);
        }
    }

    /** A body whose schema has an example is shown with it. */
    private static void addExamples(APIResponse response, Components components) {
        if (response.getContent() == null) {
            return;
        }
        response.getContent().getMediaTypes().values().forEach(media -> {
            Schema schema = media.getSchema();
            if (schema.getRef() != null && media.getExample() == null && media.getExamples() == null) {
                List<Object> examples = components.getSchemas().get(named(schema.getRef())).getExamples();
                media.setExample(examples == null ? null : examples.get(0));
            }
        });
    }

    private static String named(String ref) {
        return ref.replaceFirst(".*/", "");
    }
}
