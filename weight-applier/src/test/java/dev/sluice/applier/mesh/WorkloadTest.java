package dev.sluice.applier.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.sluice.applier.TestOrder;
import dev.sluice.applier.core.Running;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkloadTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final ObjectRef CHECKOUT = new ObjectRef(Workload.KINDS.getFirst(), "shop", "checkout");
    private static final ObjectRef STORE = new ObjectRef(Workload.KINDS.getLast(), "shop", "store");
    private static final String ROLLED_OUT =
            "{observedGeneration: 4, replicas: 3, updatedReplicas: 3, readyReplicas: 2}";

    private static Document workload(String image, String status) {
        return document("""
                metadata: {name: checkout, uid: u-1, generation: 4, annotations: {deployment.kubernetes.io/revision: "7"}}
                spec:
                  replicas: 3
                  template:
                    metadata: {labels: {app: checkout, version: 1.4.2}}
                    spec: {containers: [{name: shop, image: "%s"}, {name: proxy, image: "proxy:9"}]}
                status: %s
                """.formatted(image, status));
    }

    private static Document document(String yaml) {
        try {
            return new Document(YAML.readValue(yaml, new TypeReference<Map<String, Object>>() {}));
        } catch (IOException e) {
            throw new AssertionError(yaml, e);
        }
    }

    private static Running running(Workload workload, Document document) {
        return workload.running(document, "1.4.2", List.of());
    }

    @Test
    @DisplayName("an order's workloads are those of its backends, whichever of them is the active one")
    void readsWhatTheOrderNames() {
        // when
        var workloads = Workload.of(TestOrder.of(25)
                .between("checkout-canary", "checkout")
                .namingWorkloads()
                .build());

        // then
        assertThat(workloads.get("checkout").ref()).isEqualTo(CHECKOUT);
        assertThat(workloads.get("checkout-canary").ref().name()).isEqualTo("checkout-canary");
        assertThat(Workload.of(TestOrder.of(25).build())).isEmpty();
    }

    @Test
    @DisplayName("B30 a label of the pods is the revision")
    void readsALabel() {
        // when
        var running = running(new Workload(CHECKOUT, "version", false), workload("shop:9", ROLLED_OUT));

        // then
        assertThat(running).isEqualTo(new Running("Deployment shop/checkout", "1.4.2", null, true));
    }

    @ParameterizedTest
    @CsvSource({
        "shop:1.4.2, 1.4.2",
        "registry:5000/shop/checkout:1.4.1, 1.4.1",
        "registry:5000/shop/checkout, registry:5000/shop/checkout",
        "shop:1.4.2@sha256:0af, 1.4.2",
        "shop@sha256:0af, sha256:0af",
    })
    @DisplayName("B30 an image is known by its tag, else by its digest, else by all of it")
    void readsAnImage(String image, String revision) {
        assertThat(running(new Workload(CHECKOUT, null, false), workload(image, ROLLED_OUT))
                        .revision())
                .isEqualTo(revision);
    }

    @Test
    @DisplayName("B30 an image is the revision that is asked for by whichever of its names that is")
    void knowsAnImageByEachName() {
        // given
        var image = new Workload(CHECKOUT, null, false);
        var document = workload("shop:1.4.2@sha256:0af", ROLLED_OUT);

        // then
        for (var name : List.of("1.4.2", "sha256:0af", "shop:1.4.2@sha256:0af")) {
            assertThat(image.running(document, name, List.of()).revision()).isEqualTo(name);
        }
    }

    @Test
    @DisplayName("B30 the hash of a Deployment's pods is that of its newest ReplicaSet, and no other's")
    void readsTheNewestReplicaSet() {
        // given
        var set = """
                metadata:
                  annotations: {deployment.kubernetes.io/revision: "%s"}
                  labels: {pod-template-hash: %s}
                  ownerReferences: [{kind: Deployment, uid: %s}]
                """;
        var sets = List.of(
                document(set.formatted("6", "old", "u-1")),
                document(set.formatted("7", "anothers", "u-2")),
                document(set.formatted("7", "5d8f", "u-1")));
        var hash = new Workload(CHECKOUT, null, true);

        // then
        assertThat(hash.needsReplicaSets()).isTrue();
        assertThat(hash.running(workload("shop:9", ROLLED_OUT), "5d8f", sets).revision())
                .isEqualTo("5d8f");
        assertThat(hash.running(workload("shop:9", ROLLED_OUT), "5d8f", List.of())
                        .revision())
                .isNull();
    }

    @Test
    @DisplayName("B30 the hash of a StatefulSet's pods is its update revision")
    void readsTheUpdateRevision() {
        // given
        var status = ROLLED_OUT.replace("}", ", updateRevision: store-77}");

        // then
        assertThat(running(new Workload(STORE, null, true), workload("shop:9", status)))
                .isEqualTo(new Running("StatefulSet shop/store", "store-77", null, true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{observedGeneration: 3, replicas: 3, updatedReplicas: 3, readyReplicas: 3} | is about to be rolled out",
                "{observedGeneration: 4, replicas: 4, updatedReplicas: 3, readyReplicas: 3} | is being rolled out",
                "{observedGeneration: 4, replicas: 3, updatedReplicas: 2, readyReplicas: 3} | is being rolled out",
                "{observedGeneration: 4, replicas: 3, updatedReplicas: 3} | has no ready pod",
                "{} | is about to be rolled out",
            })
    @DisplayName("B30 what isn't rolled out doesn't run it")
    void tellsWhatIsNotRolledOut(String status, String lacks) {
        assertThat(running(new Workload(CHECKOUT, "version", false), workload("shop:9", status))
                        .lacks())
                .isEqualTo(lacks);
    }
}
