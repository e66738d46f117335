package dev.sluice.sandbox.parts;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Locale;

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

    /** The served version, as it stands in {@code apiVersion}. */
    public String version() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Installs this definition and waits until its kind is served. One of another version is deleted first, with its objects. */
    public void install(KubernetesClient client) {
        Definitions.carried(client, "trafficsplit-" + version()).forEach(split -> Definitions.install(client, split));
    }
}
