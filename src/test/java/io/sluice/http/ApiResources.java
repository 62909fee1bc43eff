package io.sluice.http;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;

import org.jboss.resteasy.reactive.RestQuery;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** What the resource classes under {@code /api} take, by their annotations. */
final class ApiResources {

    private ApiResources() {}

    /** {@code GET /api/orders} and {@code GET /api/orders limit}, for example. */
    static List<String> operationsAndParameters() {
        List<String> all = new ArrayList<>();
        new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.sluice")
                .stream()
                .filter(type -> type.isAnnotatedWith(Path.class) && !type.isInterface())
                .map(JavaClass::reflect)
                .filter(type -> type.getAnnotation(Path.class).value().startsWith("/api"))
                .forEach(type -> Arrays.stream(type.getDeclaredMethods()).forEach(method -> add(type, method, all)));
        return all;
    }

    private static void add(Class<?> type, Method method, List<String> all) {
        Arrays.stream(method.getAnnotations())
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .filter(verb -> verb != null)
                .forEach(verb -> {
                    String operation = verb.value() + " " + path(type) + path(method);
                    all.add(operation);
                    parameters(method).forEach(name -> all.add(operation + " " + name));
                });
    }

    private static String path(AnnotatedElement element) {
        Path path = element.getAnnotation(Path.class);
        return path == null ? "" : (path.value().startsWith("/") ? "" : "/") + path.value();
    }

    private static Stream<String> parameters(Method method) {
        return Arrays.stream(method.getParameters())
                .flatMap(parameter -> parameter.isAnnotationPresent(BeanParam.class)
                        ? Arrays.stream(parameter.getType().getDeclaredFields())
                                .flatMap(field -> name(field, field.getName()))
                        : name(parameter, parameter.getName()));
    }

    private static Stream<String> name(AnnotatedElement element, String otherwise) {
        if (element.isAnnotationPresent(HeaderParam.class)) {
            return Stream.of(element.getAnnotation(HeaderParam.class).value());
        }
        return element.isAnnotationPresent(RestQuery.class) ? Stream.of(otherwise) : Stream.empty();
    }
}
