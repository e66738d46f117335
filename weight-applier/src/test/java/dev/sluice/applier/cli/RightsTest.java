package dev.sluice.applier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.applier.mesh.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RightsTest {
    private static List<Document> rights(String... words) throws Refused {
        var all = new String[words.length + 1];
        all[0] = "rights";
        System.arraycopy(words, 0, all, 1, words.length);
        return Manifests.read(Spoken.of("", all).out());
    }

    private static Map<String, Object> rule(String group, List<String> resources, String... verbs) {
        return Map.of("apiGroups", List.of(group), "resources", resources, "verbs", List.of(verbs));
    }

    @Test
    @DisplayName("B49 the files in deploy give what SMI takes, and no more")
    void deploysWhatSmiTakes() throws Exception {
        assertThat(rights("--mesh", "smi")).isEqualTo(file("rights-cluster.yaml"));
        assertThat(rights("--mesh", "smi", "--namespace", "shop").stream()
                        .map(RightsTest::inAnyNamespace)
                        .toList())
                .isEqualTo(file("rights-namespace.yaml"));
    }

    @Test
    void tellsWhatIsEditedFromWhatIsRead() throws Exception {
        assertThat(rights("--mesh", "istio").getFirst().at("rules"))
                .isEqualTo(List.of(
                        rule("networking.istio.io", List.of("virtualservices"), "get", "list", "watch", "update"),
                        rule("networking.istio.io", List.of("destinationrules"), "get", "list", "watch"),
                        rule("", List.of("pods"), "list"),
                        rule("", List.of("services"), "get", "list", "watch"),
                        rule("discovery.k8s.io", List.of("endpointslices"), "list", "watch")));
    }

    @Test
    @DisplayName("B49 the object of matches may be written only where these are asked for")
    void tellsWhatMatchesTake() throws Exception {
        var splitters = rule("consul.hashicorp.com", List.of("servicesplitters"), "get", "list", "watch", "update");
        var services = rule("", List.of("services"), "get", "list", "watch");
        var slices = rule("discovery.k8s.io", List.of("endpointslices"), "list", "watch");

        assertThat(rights("--mesh", "consul").getFirst().at("rules")).isEqualTo(List.of(splitters, services, slices));
        assertThat(rights("--match", "consul").getFirst().at("rules"))
                .isEqualTo(List.of(
                        splitters,
                        rule(
                                "consul.hashicorp.com",
                                List.of("servicerouters"),
                                "get",
                                "list",
                                "watch",
                                "create",
                                "update",
                                "delete"),
                        services,
                        slices));
    }

    @Test
    @DisplayName("B49 where replicas are the weight, they may be set and autoscalers may be listed")
    void tellsWhatIsScaled() throws Exception {
        assertThat(rights("--mesh", "replicas").getFirst().at("rules"))
                .isEqualTo(List.of(
                        rule(
                                "apps",
                                List.of("deployments", "statefulsets", "replicasets"),
                                "get",
                                "list",
                                "watch",
                                "update"),
                        rule("apps", List.of("deployments/scale", "statefulsets/scale", "replicasets/scale"), "update"),
                        rule("keda.sh", List.of("scaledobjects"), "list"),
                        rule("autoscaling", List.of("horizontalpodautoscalers"), "list"),
                        rule("", List.of("services"), "get", "list", "watch"),
                        rule("discovery.k8s.io", List.of("endpointslices"), "list", "watch")));
    }

    @Test
    @DisplayName("B20 whoever switches selectors writes Services")
    void writesServicesWhereSelectorsAreSwitched() throws Exception {
        assertThat(rights("--mesh", "traefik", "--on-promoted", "selector")
                        .getFirst()
                        .at("rules"))
                .isEqualTo(List.of(
                        rule("traefik.io", List.of("traefikservices"), "get", "list", "watch", "update"),
                        rule("", List.of("services"), "get", "list", "watch", "update"),
                        rule("discovery.k8s.io", List.of("endpointslices"), "list", "watch")));
        assertThat(Spoken.of("", "rights", "--mesh", "traefik", "--on-promoted", "selectors")
                        .err())
                .contains("[swap, handback, selector]");
    }

    @Test
    @DisplayName("B16 whoever makes canary Services creates and removes Services")
    void makesServices() throws Exception {
        assertThat(rights("--mesh", "smi", "--make", "services").getFirst().at("rules"))
                .isEqualTo(List.of(
                        rule(
                                "split.smi-spec.io",
                                List.of("trafficsplits"),
                                "get",
                                "list",
                                "watch",
                                "create",
                                "update",
                                "delete"),
                        rule("", List.of("services"), "get", "list", "watch", "create", "update", "delete"),
                        rule("discovery.k8s.io", List.of("endpointslices"), "list", "watch")));
        assertThat(Spoken.of("", "rights", "--mesh", "smi", "--make", "pods").err())
                .contains("name services");
    }

    @Test
    @DisplayName("B30 B49 workloads whose revision is looked at are only read")
    void readsWorkloads() throws Exception {
        assertThat(rights("--mesh", "kubernetes", "--workload", "Deployment", "--workload", "StatefulSet")
                        .getFirst()
                        .at("rules"))
                .isEqualTo(List.of(
                        rule("", List.of("services"), "get", "list", "watch", "update"),
                        rule("", List.of("pods"), "list"),
                        rule("apps", List.of("deployments", "statefulsets"), "get", "list", "watch"),
                        rule("apps", List.of("replicasets"), "list"),
                        rule("discovery.k8s.io", List.of("endpointslices"), "list", "watch")));
    }

    @Test
    void addsUpWhatSeveralMeshesTake() throws Exception {
        assertThat(rights("--mesh", "kubernetes", "--mesh", "custom", "--kind", "widgets.example.io")
                        .getFirst()
                        .at("rules"))
                .isEqualTo(List.of(
                        rule("", List.of("services"), "get", "list", "watch", "update"),
                        rule("", List.of("pods"), "list"),
                        rule("example.io", List.of("widgets"), "get", "list", "watch", "update"),
                        rule("discovery.k8s.io", List.of("endpointslices"), "list", "watch")));
    }

    private static Document inAnyNamespace(Document document) {
        ((Map<?, ?>) document.at("metadata")).remove("namespace");
        return document;
    }

    private static List<Document> file(String name) throws IOException, Refused {
        return Manifests.read(Files.readString(Path.of("deploy", name)));
    }
}
