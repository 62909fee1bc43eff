package io.sluice.http;

import java.util.Arrays;
import java.util.List;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;

import org.jboss.resteasy.reactive.RestPath;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** Pages about the types of problems: all, or one. */
@Path("/problems")
@Produces(ProblemPage.MEDIA_TYPE)
public class ProblemTypesResource {
    @GET
    public String all() {
        return Templates.problems(List.of(ProblemType.values())).render();
    }

    @GET
    @Path("/{id}")
    public String one(@RestPath String id) {
        List<ProblemType> types = Arrays.stream(ProblemType.values()).filter(type -> type.id().equals(id)).toList();
        if (types.isEmpty()) {
            throw ProblemException.notFound("There is no problem type " + id + ".");
        }
        return Templates.problems(types).render();
    }

    @CheckedTemplate(basePath = "http")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance problems(List<ProblemType> types);
    }
}
