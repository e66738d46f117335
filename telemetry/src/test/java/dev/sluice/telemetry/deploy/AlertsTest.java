package dev.sluice.telemetry.deploy;

import static dev.sluice.telemetry.deploy.Deployed.ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sluice.sandbox.parts.PrometheusPart;
import dev.sluice.sandbox.parts.Promtool;
import dev.sluice.telemetry.deploy.Deployed.Alert;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlertsTest {
    private static final Path RUNBOOKS = ROOT.resolve("docs/runbooks");
    private static final String SITE =
            Deployed.yaml(ROOT.resolve("mkdocs.yml")).path("site_url").asText();
    private static final Pattern QUERIES = Pattern.compile("```promql\n(.*?)```", Pattern.DOTALL);
    private static final Pattern COMMAND = Pattern.compile("(?m)(?:^|`)sluice ([a-z-]+)(?: (list|show|redrive)\\b)?");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)(?:#[^)]*)?\\)");

    static List<Alert> alerts() {
        return Deployed.alerts();
    }

    static List<Path> runbooks() {
        return Deployed.files(RUNBOOKS, ".md");
    }

    private static Stream<String> pages() {
        return runbooks().stream().map(AlertsTest::name);
    }

    private static String name(Path page) {
        return page.getFileName().toString().replace(".md", "");
    }

    @Test
    void everyAlertHasItsRunbookAndEveryRunbookItsAlert() {
        // then
        assertThat(alerts())
                .extracting(Alert::name)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(pages().toList());
    }

    @Test
    void thePageOfMetricsListsEachAlert() {
        // given
        var page = Deployed.text(ROOT.resolve("docs/observability.md"));

        // then
        assertThat(alerts())
                .allSatisfy(alert -> assertThat(page)
                        .contains("| [%1$s](runbooks/%1$s.md) | %2$s |".formatted(alert.name(), alert.severity())));
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void anAlertAsksForWhatThereIsAndSaysWhereToReadOn(Alert alert) {
        // then
        Deployed.asksForWhatThereIs(alert.name(), alert.query());
        assertThat(Deployed.isOurs(alert.query())).isTrue();
        assertThat(alert.severity()).isIn("critical", "warning");
        assertThat(alert.annotations().path("summary").asText()).isNotBlank();
        assertThat(alert.annotations().path("description").asText()).isNotBlank();
        assertThat(alert.annotations().path("runbook_url").asText())
                .isEqualTo(SITE + "runbooks/" + alert.name() + ".html");
    }

    @ParameterizedTest
    @MethodSource("runbooks")
    void aRunbookSaysWhatToDoWithCommandsMetricsAndPagesThatThereAre(Path page) {
        // given
        var text = Deployed.text(page);

        // then
        assertThat(text)
                .startsWith("# " + name(page) + "\n")
                .containsSubsequence("\n## What it means\n", "\n## What to look at\n", "\n## What to do\n");
        QUERIES.matcher(text).results().forEach(found -> Deployed.asksForWhatThereIs(name(page), found.group(1)));
        assertThat(COMMAND.matcher(text).results())
                .allSatisfy(found -> assertThat(ROOT.resolve("docs/cli/"
                                + found.group(1)
                                + (found.group(2) == null ? "" : "-" + found.group(2))
                                + ".md"))
                        .exists());
        assertThat(LINK.matcher(text).results())
                .allSatisfy(found -> assertThat(Files.exists(RUNBOOKS.resolve(found.group(1))))
                        .as(found.group(1))
                        .isTrue());
    }

    @Test
    void everyAlertIsTried() {
        // given
        var tried = Deployed.all(Deployed.yaml(ROOT.resolve("deploy/prometheus/alerts.test.yaml"))
                        .path("tests"))
                .map(test -> test.path("name").asText());

        // then
        assertThat(tried)
                .containsExactlyElementsOf(alerts().stream().map(Alert::name).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check rules deploy/prometheus/alerts.yaml",
                "test rules deploy/prometheus/alerts.test.yaml",
                "check config deploy/prometheus/prometheus.yaml"
            })
    void prometheusOwnToolFindsNothingWrong(String command) {
        assumeThat(PrometheusPart.available())
                .as("promtool is on the PATH, or in Debian's package prometheus")
                .isTrue();
        // given
        var words = command.split(" ", -1);
        words[2] = ROOT.resolve(words[2]).toString();

        // when
        var outcome = new Promtool().run(words);

        // then
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.output()).contains("SUCCESS");
    }
}
