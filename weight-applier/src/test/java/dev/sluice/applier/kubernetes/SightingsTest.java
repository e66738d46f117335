package dev.sluice.applier.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.applier.TestOrder;
import dev.sluice.applier.mesh.Document;
import dev.sluice.applier.mesh.Kind;
import dev.sluice.applier.mesh.Mesh;
import dev.sluice.applier.mesh.Meshes;
import dev.sluice.applier.mesh.ObjectRef;
import dev.sluice.applier.mesh.RouteObjects;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.rollout.mesh.ReplicasEntry;
import dev.sluice.schemas.wire.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SightingsTest {
    private static final Kind DEPLOYMENTS = Kind.namespaced("apps", "deployments", "Deployment", "v1");
    private static final ObjectRef ONE = new ObjectRef(DEPLOYMENTS, "shop", "checkout");
    private static final ObjectRef OTHER = new ObjectRef(DEPLOYMENTS, "shop", "checkout-canary");

    private final Meshes meshes = new Meshes();
    private final Mesh mesh = meshes.named("replicas").orElseThrow();
    private final Sightings sightings = new Sightings(meshes);
    private final WeightOrder order = TestOrder.of(25)
            .through(
                    "replicas",
                    new ReplicasEntry()
                            .read(Json.mapper().createObjectNode().put("activeWorkload", "checkout"))
                            .orElseThrow())
            .build();

    private static Document version(ObjectRef ref, String uid, int version) {
        return new Document(Map.of(
                "metadata",
                Map.of("name", ref.name(), "uid", uid, "resourceVersion", String.valueOf(version)),
                "spec",
                Map.of("replicas", 3)));
    }

    private static RouteObjects both(Document one, Document other) {
        return new RouteObjects(List.of(ONE, OTHER), Map.of(ONE, one, OTHER, other), Map.of());
    }

    private String seen() {
        return sightings.latest(order.route()).orElseThrow().resourceVersion();
    }

    @Test
    @DisplayName("an answer about one object doesn't hide what a watch has shown of another meanwhile")
    void keepsTheLatestOfEach() {
        // given
        sightings.see(mesh, order, both(version(ONE, "u-1", 1), version(OTHER, "u-2", 2)));
        sightings.see(order, DEPLOYMENTS, "shop", "checkout-canary", version(OTHER, "u-2", 5));

        // when
        sightings.see(mesh, order, both(version(ONE, "u-1", 6), version(OTHER, "u-2", 4)));

        // then
        assertThat(seen()).isEqualTo("6+5");
    }

    @Test
    @DisplayName(
            "a late event of a watch doesn't hide what was seen since; one of a new object of that name is believed")
    void ignoresWhatIsOlder() {
        // given
        sightings.see(mesh, order, both(version(ONE, "u-1", 6), version(OTHER, "u-2", 5)));

        // when
        sightings.see(order, DEPLOYMENTS, "shop", "checkout", version(ONE, "u-1", 3));

        // then
        assertThat(seen()).isEqualTo("6+5");

        // when
        sightings.see(order, DEPLOYMENTS, "shop", "checkout", version(ONE, "u-3", 4));

        // then
        assertThat(seen()).isEqualTo("4+5");
    }
}
