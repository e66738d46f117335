package dev.sluice.telemetry.deploy;

import static dev.sluice.telemetry.deploy.Deployed.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Grafana would show; it can't be asked here. */
class DashboardsTest {
    private static final int COLUMNS = 24;
    private static final String SOURCE = "${datasource}";
    private static final Pattern VARIABLE = Pattern.compile("\\$([a-z]+)\\b");
    private static final Pattern RUNBOOK = Pattern.compile("runbook (Sluice[A-Za-z]+)", Pattern.CASE_INSENSITIVE);

    static List<Path> dashboards() {
        return Deployed.files(ROOT.resolve("deploy/grafana"), ".json");
    }

    private static JsonNode read(Path file) {
        try {
            return new ObjectMapper().readTree(Deployed.text(file));
        } catch (JsonProcessingException e) {
            throw new AssertionError(file + " is no JSON", e);
        }
    }

    private static Stream<JsonNode> panels(Path file) {
        return Deployed.all(read(file).path("panels"))
                .filter(panel -> !panel.path("type").asText().equals("row"));
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void aPanelHasATitleAUnitAndWordsAndAsksForWhatThereIs(Path file) {
        // then
        assertThat(panels(file)).isNotEmpty().allSatisfy(panel -> {
            var title = panel.path("title").asText();
            assertThat(title).isNotBlank();
            assertThat(panel.path("description").asText()).as(title).isNotBlank();
            assertThat(panel.at("/fieldConfig/defaults/unit").asText())
                    .as(title)
                    .isNotBlank();
            assertThat(Deployed.all(panel.path("targets")))
                    .as(title)
                    .isNotEmpty()
                    .allSatisfy(target -> {
                        var query = target.path("expr").asText();
                        assertThat(Deployed.isOurs(query)).as(query).isTrue();
                        Deployed.asksForWhatThereIs(title, query);
                    });
        });
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void theDataSourceAndWhatQueriesLeaveOpenAreVariables(Path file) {
        // given
        var variables = new HashSet<String>();
        Deployed.all(read(file).at("/templating/list"))
                .forEach(variable -> variables.add(variable.path("name").asText()));

        // then
        assertThat(read(file).findValues("datasource"))
                .isNotEmpty()
                .allSatisfy(source -> assertThat(source.path("uid").asText()).isEqualTo(SOURCE));
        assertThat(variables).contains("datasource");
        assertThat(panels(file).flatMap(panel -> Deployed.all(panel.path("targets"))))
                .allSatisfy(target -> assertThat(
                                VARIABLE.matcher(target.path("expr").asText()).results())
                        .allSatisfy(found -> assertThat(variables).contains(found.group(1))));
        Deployed.all(read(file).at("/templating/list"))
                .filter(variable -> variable.path("type").asText().equals("query"))
                .forEach(variable -> Deployed.asksForWhatThereIs(
                        variable.path("name").asText(),
                        variable.path("definition").asText()));
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void panelsLieSideBySide(Path file) {
        // given
        var taken = new HashSet<List<Integer>>();
        var ids = new HashSet<Integer>();

        // then
        assertThat(Deployed.all(read(file).path("panels"))).allSatisfy(panel -> {
            assertThat(ids.add(panel.path("id").asInt())).isTrue();
            var place = panel.path("gridPos");
            assertThat(place.path("x").asInt() + place.path("w").asInt()).isLessThanOrEqualTo(COLUMNS);
            for (int x = 0; x < place.path("w").asInt(); x++) {
                for (int y = 0; y < place.path("h").asInt(); y++) {
                    assertThat(taken.add(List.of(
                                    place.path("x").asInt() + x, place.path("y").asInt() + y)))
                            .as(panel.path("title").asText())
                            .isTrue();
                }
            }
        });
    }

    @Test
    void dashboardsAreKnownByNamesOfTheirOwnAndNameRunbooksThatThereAre() {
        // given
        var alerts = Deployed.alerts().stream().map(Deployed.Alert::name).toList();

        // then
        assertThat(dashboards().stream().map(file -> read(file).path("uid").asText()))
                .containsExactlyInAnyOrder("sluice-fleet", "sluice-rollout", "sluice-health");
        assertThat(dashboards().stream()
                        .flatMap(file -> RUNBOOK.matcher(Deployed.text(file)).results()))
                .isNotEmpty()
                .allSatisfy(found -> assertThat(alerts).contains(found.group(1)));
    }
}
