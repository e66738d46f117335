package dev.sluice.sandbox.parts;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * The definition of SMI's TrafficSplit in the shapes that are found in the wild: each version of the specification
 * served alone, so that a client that looks for the served version can be tested with each.
 */
public enum TrafficSplits {
    /** Weights are quantities. */
    V1ALPHA1,
    V1ALPHA2,
    V1ALPHA3,
    /** What the archived specification ended with. */
    V1ALPHA4;

    public static final String GROUP = "split.smi-spec.io";
    public static final String DEFINITION = "trafficsplits." + GROUP;

    private static final long LIMIT_SECONDS = 30;

    /** The served version, as it stands in {@code apiVersion}. */
    public String version() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Installs this definition and waits until its kind is served. One of another version is deleted first, with its objects. */
    public void install(KubernetesClient client) {
        var definitions = client.apiextensions().v1().customResourceDefinitions();
        var found = definitions.withName(DEFINITION).get();
        if (found != null && served(found)) {
            return;
        }
        if (found != null) {
            // All versions share one name, and the API refuses to drop a version that objects are stored in.
            definitions.withName(DEFINITION).delete();
            definitions.withName(DEFINITION).waitUntilCondition(gone -> gone == null, LIMIT_SECONDS, TimeUnit.SECONDS);
        }
        definitions
                .load(TrafficSplits.class.getResourceAsStream("/crds/trafficsplit-" + version() + ".yaml"))
                .create();
        waitUntilServed(client);
    }

    private boolean served(CustomResourceDefinition definition) {
        return definition.getSpec().getVersions().stream()
                .anyMatch(version -> version.getServed() && version.getName().equals(version()));
    }

    private void waitUntilServed(KubernetesClient client) {
        Until.holds("TrafficSplit " + version() + " is served", LIMIT_SECONDS, () -> {
            var resources = client.getApiResources(GROUP + "/" + version());
            return resources != null
                    && resources.getResources().stream()
                            .anyMatch(kind -> kind.getName().equals("trafficsplits"));
        });
    }
}
