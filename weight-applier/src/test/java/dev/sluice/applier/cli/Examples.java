package dev.sluice.applier.cli;

import dev.sluice.applier.mesh.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Objects of meshes, from their cases. */
final class Examples {
    private static final Path ROOT = Path.of("src/test/resources/mesh");
    private static final List<String> SERVERS = List.of("uid", "resourceVersion", "managedFields");

    private Examples() {}

    /**
     * One of each kind that a mesh's cases write.
     *
     * @param isServed which versions will do
     */
    static List<Document> of(String mesh, Predicate<String> isServed) throws IOException, Refused {
        var byKind = new LinkedHashMap<String, Document>();
        try (var folders = Files.list(ROOT.resolve(mesh))) {
            for (var folder : folders.sorted().toList()) {
                var object = folder.resolve("in-object.yaml");
                if (Files.exists(object) && Files.exists(folder.resolve("out-object.yaml"))) {
                    for (var document : Manifests.read(Files.readString(object))) {
                        if (isServed.test(document.text("apiVersion"))) {
                            byKind.putIfAbsent(document.text("apiVersion") + document.text("kind"), document);
                        }
                    }
                }
            }
        }
        return List.copyOf(byKind.values());
    }

    /** As it can be created in a namespace. */
    @SuppressWarnings("unchecked")
    static Document in(String namespace, Document document) {
        var made = document.copy();
        var metadata = (Map<String, Object>) made.content().get("metadata");
        metadata.keySet().removeAll(SERVERS);
        metadata.put("namespace", namespace);
        return made;
    }
}
