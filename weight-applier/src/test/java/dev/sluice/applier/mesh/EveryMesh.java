package dev.sluice.applier.mesh;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Comparator;
import java.util.List;

/** The meshes as the service finds them: a new class is among them without anybody's word. */
final class EveryMesh {
    private EveryMesh() {}

    static List<Mesh> found() {
        return new ClassFileImporter()
                .importPath("target/classes/dev/sluice/applier/mesh").stream()
                        .filter(type -> type.isAssignableTo(Mesh.class) && !type.isInterface())
                        .filter(type -> !type.getModifiers().contains(JavaModifier.SYNTHETIC))
                        .map(JavaClass::reflect)
                        .map(EveryMesh::create)
                        .sorted(Comparator.comparing(Mesh::name))
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
