package dev.sluice.applier.mesh;

import dev.sluice.sandbox.parts.Definitions;
import dev.sluice.sandbox.parts.MeshKinds;
import dev.sluice.sandbox.parts.TrafficSplits;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The definitions that the contract of a mesh runs with, one set after the other: ours, or with {@code
 * -Dsluice.crds=<folder>} whatever that folder has for the mesh's kinds. Where it has several of one kind, each has its round.
 */
final class MeshKindRounds {
    private static final String FOLDER = System.getProperty("sluice.crds");

    private final KubernetesClient client;
    private final Map<String, List<Installable>> given = new LinkedHashMap<>();

    /** @param source for people: which file */
    private record Installable(String source, CustomResourceDefinition definition) {}

    /** @param name for people */
    record Round(String name, Runnable install) {}

    MeshKindRounds(KubernetesClient client) {
        this.client = client;
        if (FOLDER != null) {
            readAll(Path.of(FOLDER));
        }
    }

    static boolean areOurs() {
        return FOLDER == null;
    }

    private void readAll(Path folder) {
        try (var files = Files.list(folder)) {
            for (var file : files.filter(path -> path.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()) {
                read(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(Path file) throws IOException {
        try (var yaml = Files.newInputStream(file)) {
            for (var definition : Definitions.read(client, yaml)) {
                given.computeIfAbsent(definition.getMetadata().getName(), name -> new ArrayList<>())
                        .add(new Installable(file.getFileName().toString(), definition));
            }
        } catch (KubernetesClientException | IllegalArgumentException template) {
            System.out.println("not read, since it is no plain YAML: " + file.getFileName());
        }
    }

    List<Round> of(Mesh mesh) {
        if (!areOurs()) {
            return rounds(mesh);
        }
        if (mesh.name().equals(MeshKinds.SMI.mesh())) {
            return Arrays.stream(TrafficSplits.values())
                    .map(splits -> new Round(splits.version(), () -> splits.install(client)))
                    .toList();
        }
        var kinds = MeshKinds.of(mesh.name());
        return List.of(new Round("ours", () -> kinds.install(client)));
    }

    private List<Round> rounds(Mesh mesh) {
        var found = mesh.kinds().stream()
                .map(kind -> given.getOrDefault(kind.name(), List.of()))
                .filter(alternatives -> !alternatives.isEmpty())
                .toList();
        var number = found.stream().mapToInt(List::size).max().orElse(0);
        return IntStream.range(0, number)
                .mapToObj(round -> round(found.stream()
                        .map(alternatives -> alternatives.get(Math.min(round, alternatives.size() - 1)))
                        .toList()))
                .toList();
    }

    private Round round(List<Installable> chosen) {
        var sources = chosen.stream().map(Installable::source).distinct().toList();
        return new Round(
                sources.toString(),
                () -> chosen.forEach(one -> {
                    Definitions.remove(client, one.definition());
                    Definitions.install(client, one.definition());
                }));
    }
}
