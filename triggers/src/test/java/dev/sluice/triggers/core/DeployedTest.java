package dev.sluice.triggers.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.schemas.rollout.RolloutFileReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeployedTest {
    private final Map<String, String> annotations =
            new HashMap<>(Map.of("sluice.dev/rollout", "checkout.yaml", "deployment.kubernetes.io/revision", "2"));
    private final Map<String, String> labels = new HashMap<>();
    private final ObjectNode file = Shop.read("""
            version: v1
            application: shop/checkout
            targets:
              prod: {cluster: prod, namespace: shop, strategy: careful}
            strategies:
              careful: {canary: {steps: [{setWeight: {weight: 5}}]}}
            trafficManagement:
              - smi: [{rootServiceName: checkout}]
            """);

    private Deployed deployed(String... images) {
        return new Deployed("u1", "shop", "checkout-canary", annotations, labels, List.of(images));
    }

    @Test
    void aTemplateStartsItsFile() throws Deployed.Unfit {
        // when
        var start = deployed("registry:5000/shop/checkout:1.4.2").start(file);

        // then
        assertThat(start.id()).isEqualTo("deployment.u1.2");
        assertThat(start.application()).isEqualTo("shop/checkout");
        assertThat(start.actor()).isEqualTo("GitOps: Deployment shop/checkout-canary");
        assertThat(start.automated()).isTrue();
        assertThat(new RolloutFileReader().read(start.rollout(), RolloutFileReader.Overrides.NONE))
                .isInstanceOf(RolloutFileReader.Read.Valid.class);
        assertThat(start.rollout()
                        .at("/rolloutConfig/ifRolloutInProgress/strategy")
                        .asText())
                .isEqualTo("supersede");
    }

    @Test
    void whatIsSeenForTheFirstTimeHasNotChanged() {
        // given
        var first = deployed("checkout:1.4.2");

        // then
        assertThat(first.isNew(null)).isTrue();
        assertThat(first.isNew("2")).isFalse();
        assertThat(first.hasChanged("2")).isFalse();
        assertThat(first.hasChanged("1")).isTrue();
    }

    @Test
    void whatTheAnnotationRemembersCountsWhereTheProcessKnowsLess() {
        // when
        annotations.put("sluice.dev/rollout-started", "u1/2");

        // then
        assertThat(deployed("checkout:1.4.2").hasChanged("1")).isFalse();
    }

    @Test
    void anAnnotationThatGitPutsBackIsNoChange() {
        // given
        annotations.put("deployment.kubernetes.io/revision", "10");

        // when
        annotations.put("sluice.dev/rollout-started", "u1/9");

        // then
        assertThat(deployed("checkout:1.4.2").hasChanged("10")).isFalse();
    }

    @Test
    void anAnnotationThatWasCopiedFromAnotherDeploymentSaysNothing() {
        // when
        annotations.put("sluice.dev/rollout-started", "u7/1");

        // then
        assertThat(deployed("checkout:1.4.2").isNew(null)).isTrue();
    }

    @Test
    void aTemplateThatNoControllerHasSeenHasNotChanged() {
        // when
        annotations.remove("deployment.kubernetes.io/revision");

        // then
        assertThat(deployed("checkout:1.4.2").hasChanged("1")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "checkout:1.4.2, 1.4.2",
        "registry:5000/shop/checkout:1.4.2, 1.4.2",
        "registry:5000/shop/checkout:1.4.2@sha256:0123, 1.4.2",
        "registry:5000/shop/checkout@sha256:0123, sha256:0123",
        "checkout:latest@sha256:0123, sha256:0123"
    })
    void theRevisionIsWhatTheFirstImageIsCalled(String image, String revision) throws Deployed.Unfit {
        assertThat(deployed(image, "sidecar:7").start(file).revision()).isEqualTo(revision);
    }

    @Test
    void whatSomebodySaysTheRevisionIsGoesBeforeTheImage() throws Deployed.Unfit {
        // given
        labels.put("app.kubernetes.io/version", "v7");

        // then
        assertThat(deployed("checkout:1.4.2").start(file).revision()).isEqualTo("v7");

        // and when
        annotations.put("sluice.dev/revision", "main-41");

        // then
        assertThat(deployed("checkout:1.4.2").start(file).revision()).isEqualTo("main-41");
    }

    @ParameterizedTest
    @ValueSource(strings = {"checkout", "registry:5000/shop/checkout", "checkout:latest"})
    void anImageThatIsCalledTheSameEveryTimeIsNoRevision(String image) {
        assertThatThrownBy(() -> deployed(image).start(file)).hasMessageContaining("app.kubernetes.io/version");
    }

    @Test
    @DisplayName("Whoever may write Deployments of one namespace starts nothing in another")
    void aFileOfAnotherNamespaceIsNotStarted() {
        // when
        file.withObject("/targets/prod").put("namespace", "payments");

        // then
        assertThatThrownBy(() -> deployed("checkout:1.4.2").start(file))
                .hasMessageContaining("no target in the namespace shop");
    }
}
