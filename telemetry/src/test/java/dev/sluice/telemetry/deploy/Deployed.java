package dev.sluice.telemetry.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.sandbox.parts.DocumentedMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Files that are made for those who run Sluice, and the queries in them. */
final class Deployed {
    static final Path ROOT = DocumentedMetrics.root();

    private static final Pattern SELECTOR = Pattern.compile("\\b(sluice_[a-z_]+|up)\\b(?:\\{([^}]*)})?");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)\\s*(?:=~|!~|!=|=)");
    private static final Pattern BY = Pattern.compile("\\b(?:by|on)\\s*\\(([^)]*)\\)");
    /** What Prometheus adds to every series, and of a histogram which bucket it is. */
    private static final Set<String> GIVEN = Set.of("job", "instance", "service", "le");

    private Deployed() {}

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Path> files(Path folder, String ending) {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode yaml(Path file) {
        Object read = new Yaml(new SafeConstructor(new LoaderOptions())).load(text(file));
        return new ObjectMapper().valueToTree(read);
    }

    static Stream<JsonNode> all(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    static List<String> texts(JsonNode array) {
        return all(array).map(JsonNode::asText).toList();
    }

    /** One alert of the rules. */
    record Alert(String name, String query, String severity, JsonNode annotations) {
        static Alert of(JsonNode rule) {
            return new Alert(
                    rule.path("alert").asText(),
                    rule.path("expr").asText(),
                    rule.at("/labels/severity").asText(),
                    rule.path("annotations"));
        }
    }

    static List<Alert> alerts() {
        return all(yaml(ROOT.resolve("deploy/prometheus/alerts.yaml")).path("groups"))
                .flatMap(group -> all(group.path("rules")))
                .map(Alert::of)
                .toList();
    }

    /** Whether all that a query names is documented, and so, as the services' tests say, exported. */
    static void asksForWhatThereIs(String where, String query) {
        var metrics = DocumentedMetrics.read();
        var selectors = SELECTOR.matcher(query);
        var labels = new TreeSet<>(GIVEN);
        while (selectors.find()) {
            var name = selectors.group(1);
            if (!name.equals("up")) {
                assertThat(metrics.has(name))
                        .as("%s: %s is documented", where, name)
                        .isTrue();
                labels.addAll(metrics.labels(name));
                if (selectors.group(2) != null) {
                    assertThat(names(LABEL, selectors.group(2)))
                            .as("%s: labels of %s", where, name)
                            .allMatch(label -> GIVEN.contains(label)
                                    || metrics.labels(name).contains(label));
                }
            }
        }
        names(BY, query)
                .forEach(list -> assertThat(List.of(list.split("\\s*,\\s*", -1)))
                        .as("%s: grouped by", where)
                        .allMatch(labels::contains));
    }

    /** Whether it asks for anything of ours at all. */
    static boolean isOurs(String query) {
        return SELECTOR.matcher(query).find();
    }

    private static List<String> names(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(found -> found.group(1).strip())
                .toList();
    }
}
