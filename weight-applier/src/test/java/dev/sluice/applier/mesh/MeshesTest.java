package dev.sluice.applier.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.sluice.applier.TestOrder;
import dev.sluice.applier.mesh.Meshes.Match;
import dev.sluice.schemas.rollout.mesh.MeshEntries;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MeshesTest {
    private final Meshes meshes = new Meshes(List.of(new Smi()));

    @Test
    @DisplayName("every mesh class is found: it is listed in META-INF/services")
    void findsEveryClass() {
        // given
        var classes = new ClassFileImporter()
                .importPath("target/classes/dev/sluice/applier/mesh").stream()
                        .filter(type -> type.isAssignableTo(Mesh.class) && !type.isInterface())
                        .map(JavaClass::getName)
                        .toList();

        // when
        var found = new Meshes().all();

        // then
        assertThat(found.stream().map(mesh -> mesh.getClass().getName()).toList())
                .containsExactlyInAnyOrderElementsOf(classes);
    }

    @Test
    @DisplayName(
            "every mesh that a rollout file may name can be written, and every one that can be written may be named")
    void knowsWhatRolloutFilesName() {
        assertThat(new Meshes().names()).containsExactlyElementsOf(MeshEntries.names());
    }

    @Test
    void findsTheMeshAndTakesTheRouteApart() {
        // when
        var match = meshes.match(TestOrder.of(25).build());

        // then
        assertThat(match).isInstanceOfSatisfying(Match.Found.class, found -> {
            assertThat(found.mesh().name()).isEqualTo("smi");
            assertThat(found.route().name()).isEqualTo("checkout");
        });
    }

    @Test
    @DisplayName("B25 an unknown mesh is refused with the list of the known ones")
    void listsTheKnownMeshes() {
        // when
        var match = meshes.match(TestOrder.of(25).on("isto").build());

        // then
        assertThat(match)
                .isInstanceOfSatisfying(
                        Match.None.class, none -> assertThat(none.reason()).contains("isto", "[smi]"));
    }

    @Test
    @DisplayName("B25 two backends of one name are refused: their weights could not be told apart")
    void refusesOneBackendTwice() {
        // when
        var match = meshes.match(TestOrder.of(25).between("a", "a").build());

        // then
        assertThat(match).isInstanceOf(Match.None.class);
    }

    @Test
    @DisplayName("B25 an identity that isn't of the order's namespace is refused")
    void refusesAnIdentityOfAnotherNamespace() {
        // given
        var order = TestOrder.of(25).build();
        var other = TestOrder.of(25).in("elsewhere").build();

        // when
        var identity = RouteIdentity.parse(order.route()).orElseThrow();

        // then
        assertThat(identity.namespace()).isEqualTo("shop");
        assertThat(RouteIdentity.parse(other.route()).orElseThrow().namespace()).isEqualTo("elsewhere");
        assertThat(RouteIdentity.parse("prod/shop/checkout")).isEmpty();
        assertThat(RouteIdentity.parse("prod//trafficsplits.split.smi-spec.io/checkout"))
                .isEmpty();
    }
}
