package io.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.ws.rs.HttpMethod;

import org.junit.jupiter.api.Test;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

class RoutesTest {
    /** A row of the table in docs/security.md. */
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+) (/\\S*)` \\| (\\w+) \\|");

    @Test
    void everyMethodOfEveryResource_isListed_andNothingElse() {
        Set<String> resources = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.sluice")
                .stream()
                .filter(type -> type.isAnnotatedWith(jakarta.ws.rs.Path.class) && !type.isInterface())
                .flatMap(RoutesTest::routes)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> listed = Routes.all()
                .stream()
                .filter(route -> !isOfTheFramework(route.path()))
                .map(route -> route.method() + " " + route.path())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(listed).isEqualTo(resources);
    }

    @Test
    void docs_haveTheSameTable() throws Exception {
        String docs = Files.readString(Path.of("docs/security.md"));
        List<String> rows = ROW.matcher(docs)
                .results()
                .map(row -> row.group(3) + " " + row.group(1) + " " + row.group(2))
                .toList();
        assertThat(rows).isEqualTo(Routes.all()
                .stream()
                .map(route -> route.permission().map(Permission::id).orElse("public") + " " + route.method() + " "
                        + route.path())
                .toList());
    }

    @Test
    void docs_haveTheSameRoles() throws Exception {
        String docs = Files.readString(Path.of("docs/security.md"));
        for (UserRole role : UserRole.values()) {
            String row = Pattern.compile("(?m)^\\| `" + role.id() + "` \\|.*$")
                    .matcher(docs)
                    .results()
                    .findFirst()
                    .map(MatchResult::group)
                    .orElseThrow();
            assertThat(Pattern.compile("`(\\w+)`").matcher(row).results().skip(1).map(found -> found.group(1)))
                    .as(role.id())
                    .containsExactlyInAnyOrderElementsOf(
                            role.permissions().stream().map(Permission::id).toList());
        }
    }

    @Test
    void of_isTheRouteThatTheRequestReaches() {
        assertThat(permission("POST", "/api/orders/bulk")).contains(Permission.SUBMIT);
        assertThat(permission("GET", "/api/orders/0192")).contains(Permission.READ);
        assertThat(permission("HEAD", "/api/orders/0192")).contains(Permission.READ);
        assertThat(permission("POST", "/api/batches/preview")).contains(Permission.VIEW);
        assertThat(permission("GET", "/batches/preview")).contains(Permission.VIEW);
        assertThat(Routes.of("GET", "/q/health").orElseThrow().permission()).isEmpty();
        assertThat(Routes.of("GET", "/q/health/ready").orElseThrow().permission()).isEmpty();
        assertThat(Routes.of("GET", "/dashboard/dashboard.css").orElseThrow().permission()).isEmpty();
    }

    @Test
    void of_isNothing_forAddressesThatCouldBeReadInTwoWays() {
        for (String path : List.of("/api/orders/", "/api//orders", "/api/orders/0192/", "/api/orders;a=b",
                "/api/orders/0192;a", "/q/health;/../metrics", "/dashboard/x/y.css", "/dashboard/a;.css", "/q/healthy",
                "/API/orders", "")) {
            assertThat(Routes.of("GET", path)).as(path).isEmpty();
        }
        assertThat(Routes.of("PUT", "/api/orders")).isEmpty();
        assertThat(Routes.of("get", "/api/orders")).isEmpty();
    }

    private static Optional<Permission> permission(String method, String path) {
        return Routes.of(method, path).orElseThrow().permission();
    }

    private static boolean isOfTheFramework(String path) {
        return path.matches("/q/(health|openapi|swagger-ui|metrics).*|/dashboard/(\\*\\.\\w+|orders\\.csv)");
    }

    private static Stream<String> routes(JavaClass type) {
        String base = type.getAnnotationOfType(jakarta.ws.rs.Path.class).value();
        return type.getMethods()
                .stream()
                .flatMap(method -> methodName(method).stream()
                        .filter(name -> !name.equals("HEAD"))
                        .map(name -> name + " " + joined(base, method)));
    }

    private static Optional<String> methodName(JavaMethod method) {
        return method.getAnnotations()
                .stream()
                .map(JavaAnnotation::getRawType)
                .filter(annotation -> annotation.isAnnotatedWith(HttpMethod.class))
                .map(annotation -> annotation.getAnnotationOfType(HttpMethod.class).value())
                .findFirst();
    }

    private static String joined(String base, JavaMethod method) {
        String own = method.tryGetAnnotationOfType(jakarta.ws.rs.Path.class).map(jakarta.ws.rs.Path::value).orElse("");
        String path = (base + "/" + own).replaceAll("/+", "/");
        return path.length() > 1 ? path.replaceAll("/$", "") : path;
    }
}
