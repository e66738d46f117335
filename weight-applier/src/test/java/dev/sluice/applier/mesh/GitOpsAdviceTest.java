package dev.sluice.applier.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.rollout.reader.YamlTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/living-with-gitops.md says what the applier itself advises. */
class GitOpsAdviceTest {
    private static final Path PAGE = Path.of("../docs/living-with-gitops.md");

    private static String block(String kind) throws Exception {
        var found = Pattern.compile("^```yaml " + kind + "\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(Files.readString(PAGE));
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private static String advice(String label) {
        var route = Kind.namespaced("gateway.networking.k8s.io", "httproutes", "HTTPRoute", "v1");
        return GitOps.advice(
                new ObjectRef(route, "shop", "checkout"),
                new Document(Map.of("metadata", Map.of("labels", Map.of(label, "shop")))));
    }

    @Test
    void argoCdIsToldAsTheApplierAdvises() throws Exception {
        // given
        var application = YamlTree.parse(block("application"));
        var ignored = application.at("/spec/ignoreDifferences/0");

        // then
        assertThat(advice("argocd.argoproj.io/tracking-id"))
                .contains("group: " + ignored.path("group").asText())
                .contains("kind: " + ignored.path("kind").asText())
                .contains("name: " + ignored.path("name").asText())
                .contains("managedFieldsManagers: ["
                        + ignored.at("/managedFieldsManagers/0").asText() + "]")
                .contains(application.at("/spec/syncPolicy/syncOptions/0").asText());
    }

    @Test
    void fluxIsToldAsTheApplierAdvises() throws Exception {
        // given
        var annotations = YamlTree.parse(block("object")).at("/metadata/annotations");

        // then
        for (var annotation : annotations.properties()) {
            assertThat(advice("kustomize.toolkit.fluxcd.io/name"))
                    .contains(annotation.getKey() + ": " + annotation.getValue().asText());
        }
        assertThat(Files.readString(PAGE))
                .contains(advice("helm.toolkit.fluxcd.io/name").replaceFirst(".*HelmRelease {2}", ""));
    }
}
