package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.applier.mesh.Mesh;
import dev.sluice.applier.mesh.Right;
import dev.sluice.deploy.Helm.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The accounts of the chart may do what the code needs, and no more. */
class RightsTest {
    private static final Path FILE = Helm.CHART.resolve("files/rights.yaml");

    private static List<String> meshes() {
        return Rights.meshes().stream().map(Mesh::name).toList();
    }

    private static Collection<String> given(String role, Values... values) {
        var rendered = Helm.template(values);
        return Rights.each(Rights.rules(rendered.one("ClusterRole", role)).stream());
    }

    private static Values rights(String yaml) {
        return Values.of("applier: {rights: {" + yaml + "}}");
    }

    private static Collection<String> needed(List<List<Right>> rights) {
        return Rights.each(
                Stream.concat(Right.ofBackends().stream(), rights.stream().flatMap(List::stream)));
    }

    /** {@code -Ddeploy.write=true} writes it. */
    @Test
    @DisplayName("B49 the chart's file of rights is what the meshes need")
    void theFileIsTheMeshes() throws IOException {
        if (Boolean.getBoolean("deploy.write")) {
            Files.writeString(FILE, RightsFile.write());
        }

        assertThat(Yaml.text(FILE)).isEqualTo(RightsFile.write());
    }

    @ParameterizedTest
    @MethodSource("meshes")
    @DisplayName("B49 the applier's account may do what a mesh needs, and no more")
    void givesWhatAMeshNeeds(String name) {
        // given
        var mesh = Rights.meshes().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        var kinds = name.equals("custom") ? Rights.ofKind("widgets", "example.io") : List.<Right>of();

        // when
        var given = given(
                "sluice-weight-applier",
                Values.least(),
                rights("meshes: [" + name + "]" + (kinds.isEmpty() ? "" : ", kinds: [widgets.example.io]")));

        // then
        assertThat(given).isEqualTo(needed(List.of(Rights.of(mesh), kinds)));
    }

    @Test
    void givesWhatMatchesNeedWhereTheyAreAskedFor() {
        for (var mesh : Rights.meshesWithMatches()) {
            assertThat(given(
                            "sluice-weight-applier",
                            Values.least(),
                            rights("meshes: [], matches: [" + mesh.name() + "]")))
                    .isEqualTo(needed(List.of(Rights.withMatches(mesh))));
        }
    }

    @Test
    void addsUpWhatIsChosen() {
        // given
        var istio = Rights.meshes().stream()
                .filter(mesh -> mesh.name().equals("istio"))
                .findFirst()
                .orElseThrow();

        // when
        var given = given(
                "sluice-weight-applier",
                Values.least(),
                rights(
                        "meshes: [istio], workloads: [Deployment, StatefulSet], switchSelectors: true, makeServices: true"));

        // then
        assertThat(given)
                .isEqualTo(needed(List.of(
                        Rights.of(istio),
                        Rights.ofWorkload("Deployment"),
                        Rights.ofWorkload("StatefulSet"),
                        Right.ofSelectors(),
                        Rights.ofServices())));
    }

    @Test
    void givesNothingThatWritesWhereRolloutsOnlyObserve() {
        // when
        var given = given(
                "sluice-weight-applier",
                Values.least(),
                rights("meshes: [istio, replicas, smi], matches: [traefik], makeServices: true, observeOnly: true"));

        // then
        assertThat(given)
                .contains("list virtualservices.networking.istio.io", "watch trafficsplits.split.smi-spec.io")
                .allMatch(right -> right.matches("(get|list|watch) .*"));
    }

    @Test
    void givesTheTriggersWhatTheirTestsRunWith() {
        // given
        var enabled = Values.of("triggers: {enabled: true}");
        var watching = Values.of("triggers: {enabled: true, rollouts: rollouts, deployments: {watch: true}}");

        // then
        assertThat(given("sluice-triggers", Values.least(), enabled))
                .isEqualTo(Rights.each(Rights.ofTriggers().stream()));
        assertThat(given("sluice-triggers", Values.least(), watching))
                .isEqualTo(Rights.each(Stream.concat(Rights.ofTriggers().stream(), Rights.ofDeployments().stream())));
    }

    @Test
    void givesRightsInSingleNamespacesWhereTheseAreNamed() {
        // when
        var rendered = Helm.template(Values.least(), Values.named("namespaces"));

        // then
        assertThat(rendered.ofKind("ClusterRole")).isEmpty();
        assertThat(rendered.ofKind("ClusterRoleBinding")).isEmpty();
        assertThat(rendered.ofKind("Role")
                        .map(role -> role.at("/metadata/namespace").asText() + " "
                                + role.at("/metadata/name").asText()))
                .containsExactlyInAnyOrder(
                        "shop sluice-weight-applier", "pay sluice-weight-applier", "shop sluice-triggers");
    }

    @Test
    void theValuesTakeTheNamesOfAllMeshes() throws IOException {
        // when
        var rights = new ObjectMapper()
                .readTree(Helm.CHART.resolve("values.schema.json").toFile())
                .at("/properties/applier/properties/rights/properties");

        // then
        assertThat(Yaml.texts(rights.at("/meshes/items/enum"))).containsExactlyElementsOf(meshes());
        assertThat(Yaml.texts(rights.at("/matches/items/enum")))
                .containsExactlyElementsOf(
                        Rights.meshesWithMatches().stream().map(Mesh::name).toList());
    }
}
