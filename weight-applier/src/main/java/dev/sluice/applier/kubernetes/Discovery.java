package dev.sluice.applier.kubernetes;

import dev.sluice.applier.mesh.Kind;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Which version of a kind the cluster serves. Only what is served is remembered: a kind may be installed at any time. */
@ApplicationScoped
public class Discovery {
    private final KubernetesClient client;
    private final Map<String, String> served = new ConcurrentHashMap<>();

    public Discovery(KubernetesClient client) {
        this.client = client;
    }

    /** @throws RuntimeException where the API server doesn't answer */
    public Optional<String> version(Kind kind) {
        var known = served.get(kind.name());
        return known == null ? lookUp(kind) : Optional.of(known);
    }

    /** Asks again, for when an object that should be there isn't: its version may no longer be served. */
    public Optional<String> lookUp(Kind kind) {
        var group = client.getApiGroup(kind.group());
        var version = group == null
                ? Optional.<String>empty()
                : kind.versions().stream()
                        .filter(candidate -> group.getVersions().stream()
                                .anyMatch(offered -> offered.getVersion().equals(candidate)))
                        .filter(candidate -> serves(kind, candidate))
                        .findFirst();
        version.ifPresentOrElse(found -> served.put(kind.name(), found), () -> served.remove(kind.name()));
        return version;
    }

    /** Why the API server doesn't answer; empty where it does. */
    Optional<String> problem() {
        try {
            return client.getApiGroups() == null
                    ? Optional.of("the API server answers without its groups")
                    : Optional.empty();
        } catch (RuntimeException away) {
            return Optional.of(Failures.of(away).reason());
        }
    }

    private boolean serves(Kind kind, String version) {
        var resources = client.getApiResources(kind.group() + "/" + version);
        return resources != null
                && resources.getResources().stream()
                        .anyMatch(resource -> resource.getName().equals(kind.plural()));
    }
}
