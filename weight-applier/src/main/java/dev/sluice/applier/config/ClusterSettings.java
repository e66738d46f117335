package dev.sluice.applier.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/**
 * How one cluster is reached: {@code sluice.clusters.<name>.context} and so on, all of them optional. Read by the names in
 * {@link ApplierSettings#clusters()}, for an environment variable doesn't tell a dash of a name from a dot.
 *
 * @param context of the kubeconfig; the kubeconfig's current one where none is named
 * @param kubeconfig the file, where it isn't the one that {@code KUBECONFIG} names; where neither is said, the cluster is
 *     the one that the Kubernetes client finds by itself
 * @param concurrency its own {@link ApplierSettings.Kubernetes#concurrency()}
 */
public record ClusterSettings(
        String name, Optional<String> context, Optional<Path> kubeconfig, Optional<Integer> concurrency) {
    private static final String PREFIX = "sluice.clusters.";
    private static final List<String> KEYS = List.of("context", "kubeconfig", "concurrency");

    /** How variables end that Kubernetes sets for each Service of a pod's namespace. */
    private static final Pattern OF_SERVICE = Pattern.compile("(.*_)?(SERVICE_HOST|(SERVICE_)?PORT(_.*)?)");

    /** @throws IllegalArgumentException saying what to correct */
    public static List<ClusterSettings> of(ApplierSettings settings, Config config) {
        var clusters = new ArrayList<ClusterSettings>();
        var seen = new HashSet<String>();
        for (var name : settings.clusters()) {
            if (!seen.add(name)) {
                throw new IllegalArgumentException(
                        "sluice.clusters names " + name + " twice: name each cluster once in " + settings.clusters());
            }
            clusters.add(of(name, config));
        }
        refuseUnknown(seen, config);
        return clusters;
    }

    private static ClusterSettings of(String name, Config config) {
        var prefix = PREFIX + name + ".";
        return new ClusterSettings(
                name,
                config.getOptionalValue(prefix + "context", String.class),
                config.getOptionalValue(prefix + "kubeconfig", Path.class),
                config.getOptionalValue(prefix + "concurrency", Integer.class));
    }

    /** A cluster whose name or key is misspelt, or isn't in the list, would else be looked for on another API server. */
    private static void refuseUnknown(Set<String> names, Config config) {
        var known = new HashSet<String>();
        names.forEach(name -> KEYS.forEach(key -> known.add(spelt(PREFIX + name + "." + key))));
        StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(property -> !known.contains(spelt(property)))
                .forEach(property -> refuse(property, names));
    }

    private static void refuse(String property, Set<String> names) {
        var spelt = spelt(property);
        if (isOfCluster(spelt)) {
            throw new IllegalArgumentException(property
                    + " is set, but sluice.clusters names no such cluster: add it to " + names
                    + ", or correct its name");
        }
        if (names.stream().anyMatch(name -> isOf(name, spelt))) {
            throw new IllegalArgumentException(
                    property + " is set, and no setting of a cluster is called so: correct it to one of " + KEYS);
        }
    }

    private static boolean isOf(String name, String spelt) {
        var prefix = spelt(PREFIX + name + ".");
        return spelt.startsWith(prefix)
                && !OF_SERVICE.matcher(spelt.substring(prefix.length())).matches();
    }

    /** Other parts' names may begin alike: those of a Kubernetes Service, for one. */
    private static boolean isOfCluster(String spelt) {
        return spelt.startsWith(spelt(PREFIX)) && KEYS.stream().anyMatch(key -> spelt.endsWith(spelt("." + key)));
    }

    /** As an environment variable: what differs only in this is one setting. */
    private static String spelt(String property) {
        return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
