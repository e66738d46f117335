package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.deploy.Helm.Values;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever is woken up copies the runbooks' commands: they are about what the chart makes. */
class RunbooksTest {
    private static final String COMMANDS = commands();
    private static final Rendered RENDERED = Helm.template(Values.least(), Values.named("everything"));

    private static String commands() {
        try (var pages = Files.list(Path.of("../docs/runbooks"))) {
            return pages.map(Yaml::text).collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Collection<String> said(String pattern) {
        return Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(COMMANDS)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
    }

    private static Stream<String> names(String kind) {
        return RENDERED.ofKind(kind).map(object -> object.at("/metadata/name").asText());
    }

    @Test
    void logsAreThoseOfTheChartsDeployments() {
        assertThat(said("kubectl -n sluice .*\\bdeploy/(\\S+)"))
                .isNotEmpty()
                .isSubsetOf(names("Deployment").toList());
    }

    @Test
    void portsAreForwardedToTheChartsServices() {
        // when
        var services = RENDERED.ofKind("Service")
                .map(service -> service.at("/metadata/name").asText() + " "
                        + service.at("/spec/ports/0/port").asText())
                .toList();

        // then
        assertThat(said("port-forward (service/\\S+ (?:\\d+:)?\\d+) &$"))
                .isNotEmpty()
                .allMatch(forward ->
                        services.contains(forward.replaceFirst("^service/(\\S+) (?:\\d+:)?(\\d+)$", "$1 $2")));
    }

    /** Its network policies let nobody else in. */
    @Test
    void nothingIsAskedButByAForwardedPort() {
        // when
        var forwarded = said("port-forward service/\\S+ (\\d+)");

        // then
        assertThat(said("curl .*?([a-z-]+:\\d+)/"))
                .isNotEmpty()
                .allMatch(asked -> forwarded.stream().anyMatch(port -> asked.equals("localhost:" + port)));
    }

    @Test
    void accountsAndSelectorsAreThoseOfTheChart() {
        // when
        var labels = RENDERED.ofKind("Deployment")
                .map(deployment -> deployment.at("/spec/template/metadata/labels"))
                .flatMap(RunbooksTest::pairs)
                .toList();

        // then
        assertThat(said("system:serviceaccount:sluice:(\\S+)"))
                .isNotEmpty()
                .isSubsetOf(names("ServiceAccount").toList());
        assertThat(said("-l (app.kubernetes.io/\\S+)")).isNotEmpty().isSubsetOf(labels);
    }

    private static Stream<String> pairs(JsonNode labels) {
        return labels.properties().stream()
                .map(label -> label.getKey() + "=" + label.getValue().asText());
    }
}
