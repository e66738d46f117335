package dev.sluice.sandbox.parts;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a service's classes take by HTTP, as their annotations say. */
public final class HttpEntrances {
    /** Every service has it of its door, whose module has no annotations. */
    private static final String OF_THE_DOOR = "GET /api/me?application";

    private static final Path CLASSES = Path.of("target/classes");

    private HttpEntrances() {}

    /** Of the module whose tests run, such as {@code GET /api/rollouts?after,limit,phase}. */
    public static Set<String> ofThisModule() {
        try (var files = Files.walk(CLASSES)) {
            var ofClasses = files.filter(file -> file.toString().endsWith(".class"))
                    .map(HttpEntrances::loaded)
                    .filter(type -> type.isAnnotationPresent(jakarta.ws.rs.Path.class))
                    .flatMap(HttpEntrances::of);
            return Stream.concat(Stream.of(OF_THE_DOOR), ofClasses).collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<String> of(Class<?> resource) {
        return Arrays.stream(resource.getDeclaredMethods())
                .flatMap(method -> Arrays.stream(method.getAnnotations())
                        .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                        .filter(http -> http != null)
                        .flatMap(http ->
                                paths(resource, method).map(path -> written(http.value(), path, queries(method)))));
    }

    /** {@code {what:a|b}} is one entrance for each. */
    private static Stream<String> paths(Class<?> resource, Method method) {
        var path = method.getAnnotation(jakarta.ws.rs.Path.class);
        var whole = resource.getAnnotation(jakarta.ws.rs.Path.class).value() + (path == null ? "" : path.value());
        var choice = whole.replaceAll("^.*\\{[a-z]+:([a-z|]+)}.*$", "$1");
        return choice.equals(whole)
                ? Stream.of(plain(whole))
                : Arrays.stream(choice.split("\\|")).map(one -> plain(whole.replaceFirst("\\{[a-z]+:[a-z|]+}", one)));
    }

    private static String plain(String path) {
        return path.replaceAll("\\{([A-Za-z]+):[^}]*}", "{$1}");
    }

    private static Set<String> queries(Method method) {
        var names = new TreeSet<String>();
        for (var parameter : method.getParameters()) {
            var query = parameter.getAnnotation(QueryParam.class);
            if (query != null && !parameter.isAnnotationPresent(PathParam.class)) {
                names.add(query.value());
            }
        }
        return names;
    }

    static String written(String method, String path, Set<String> queries) {
        return method + " " + path + (queries.isEmpty() ? "" : "?" + String.join(",", queries));
    }

    private static Class<?> loaded(Path file) {
        var name = CLASSES.relativize(file)
                .toString()
                .replace('\\', '/')
                .replace(".class", "")
                .replace('/', '.');
        try {
            return Class.forName(name, false, Thread.currentThread().getContextClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
