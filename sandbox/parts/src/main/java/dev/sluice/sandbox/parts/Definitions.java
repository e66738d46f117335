package dev.sluice.sandbox.parts;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Definitions of kinds, installed so that objects of them can be created at once. */
public final class Definitions {
    private static final long LIMIT_SECONDS = 30;

    private Definitions() {}

    /** Those of a file that Sluice carries, by its name without folder and ending. */
    static List<CustomResourceDefinition> carried(KubernetesClient client, String file) {
        try (var yaml = Definitions.class.getResourceAsStream("/crds/" + file + ".yaml")) {
            return read(client, yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What else the documents hold is passed over. */
    public static List<CustomResourceDefinition> read(KubernetesClient client, InputStream yaml) {
        return client.load(yaml).items().stream()
                .filter(CustomResourceDefinition.class::isInstance)
                .map(CustomResourceDefinition.class::cast)
                .toList();
    }

    /**
     * Installs a definition and waits until its kind is served in each of its versions. One of that name which lacks a
     * version is deleted first, with its objects: the API refuses to drop a version that objects are stored in.
     */
    public static void install(KubernetesClient client, CustomResourceDefinition wanted) {
        var found = client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(name(wanted))
                .get();
        if (found != null && served(found).containsAll(served(wanted))) {
            return;
        }
        if (found != null) {
            remove(client, found);
        }
        client.resource(wanted).create();
        served(wanted).forEach(version -> waitUntilServed(client, wanted, version));
    }

    /** Removes the definition of that name, with its objects, and waits until it is gone. */
    public static void remove(KubernetesClient client, CustomResourceDefinition definition) {
        var named = client.apiextensions().v1().customResourceDefinitions().withName(name(definition));
        named.delete();
        named.waitUntilCondition(gone -> gone == null, LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    private static String name(CustomResourceDefinition definition) {
        return definition.getMetadata().getName();
    }

    private static Set<String> served(CustomResourceDefinition definition) {
        return definition.getSpec().getVersions().stream()
                .filter(CustomResourceDefinitionVersion::getServed)
                .map(CustomResourceDefinitionVersion::getName)
                .collect(Collectors.toSet());
    }

    private static void waitUntilServed(KubernetesClient client, CustomResourceDefinition definition, String version) {
        var plural = definition.getSpec().getNames().getPlural();
        Until.holds(name(definition) + " is served as " + version, LIMIT_SECONDS, () -> {
            var resources = client.getApiResources(definition.getSpec().getGroup() + "/" + version);
            return resources != null
                    && resources.getResources().stream()
                            .anyMatch(kind -> kind.getName().equals(plural));
        });
    }
}
