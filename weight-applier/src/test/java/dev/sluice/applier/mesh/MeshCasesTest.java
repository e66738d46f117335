package dev.sluice.applier.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every mesh against its folder of cases. */
class MeshCasesTest {

    @TestFactory
    @DisplayName("B16 B17 every mesh writes its numbers and marks, and everything else survives")
    Stream<DynamicNode> cases() {
        return EveryMesh.found().stream()
                .map(mesh -> dynamicContainer(
                        mesh.name(),
                        GoldenCase.of(mesh).stream()
                                .map(golden -> dynamicTest(golden.name(), () -> GoldenCheck.check(mesh, golden)))));
    }

    @Test
    @DisplayName("every folder of cases belongs to a mesh, and every mesh has one")
    void foldersAndMeshesMatch() {
        // when
        var names = EveryMesh.found().stream().map(Mesh::name).toList();

        // then
        assertThat(GoldenCase.meshes()).containsExactlyInAnyOrderElementsOf(names);
    }
}
