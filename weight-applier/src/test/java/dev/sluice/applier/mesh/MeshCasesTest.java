package dev.sluice.applier.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
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
        return meshes().stream()
                .map(mesh -> dynamicContainer(
                        mesh.name(),
                        GoldenCases.of(mesh.name()).stream()
                                .map(folder -> dynamicTest(
                                        folder.getFileName().toString(), () -> GoldenCases.check(mesh, folder)))));
    }

    @Test
    @DisplayName("every folder of cases belongs to a mesh, and every mesh has one")
    void foldersAndMeshesMatch() {
        // when
        var names = meshes().stream().map(Mesh::name).toList();

        // then
        assertThat(GoldenCases.meshes()).containsExactlyInAnyOrderElementsOf(names);
    }

    private static List<Mesh> meshes() {
        return new ClassFileImporter()
                .importPath("target/classes/dev/sluice/applier/mesh").stream()
                        .filter(type -> type.isAssignableTo(Mesh.class) && !type.isInterface())
                        .filter(type -> !type.getModifiers().contains(JavaModifier.SYNTHETIC))
                        .map(JavaClass::reflect)
                        .map(MeshCasesTest::create)
                        .toList();
    }

    private static Mesh create(Class<?> type) {
        try {
            return (Mesh) type.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a mesh has a constructor without parameters", e);
        }
    }
}
