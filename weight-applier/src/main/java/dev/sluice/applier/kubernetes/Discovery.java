package dev.sluice.applier.kubernetes;

import dev.sluice.applier.core.Backoff;
import dev.sluice.applier.mesh.Kind;
import io.fabric8.kubernetes.api.model.GroupVersionForDiscovery;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Which version of a kind the cluster serves: asked once, whatever the number of routes. Asked again only where the
 * kind is not served, or the API server no longer knows its path, and then less often each time nothing has changed: a
 * kind may be installed, or replaced by another version, at any time.
 */
public final class Discovery {
    private static final Backoff AGAIN = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));

    private final KubernetesClient client;
    private final Clock clock;
    private final Map<Kind, Answer> answers = new ConcurrentHashMap<>();
    private final ReentrantLock asking = new ReentrantLock();

    public Discovery(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /**
     * @param isSure whether nothing speaks against it since it was asked
     * @param again when to ask again where it isn't
     * @param times it was asked in a row without news
     */
    private record Answer(Optional<String> version, boolean isSure, Instant again, int times) {
        private Answer doubted() {
            return new Answer(version, false, again, times);
        }
    }

    /** The version as far as it is known without asking. */
    Optional<String> known(Kind kind) {
        return Optional.ofNullable(answers.get(kind)).filter(Answer::isSure).flatMap(Answer::version);
    }

    /**
     * May ask the API server.
     *
     * @throws RuntimeException where it doesn't answer
     */
    public Optional<String> version(Kind kind) {
        var known = answers.get(kind);
        if (stands(known)) {
            return known.version();
        }
        asking.lock();
        try {
            var meanwhile = answers.get(kind);
            if (stands(meanwhile)) {
                return meanwhile.version();
            }
            var version = lookUp(kind);
            var isNews = meanwhile == null || !meanwhile.version().equals(version);
            var times = isNews ? 1 : meanwhile.times() + 1;
            var again = clock.instant().plus(AGAIN.before(kind.name(), times));
            answers.put(kind, new Answer(version, version.isPresent(), again, times));
            return version;
        } finally {
            asking.unlock();
        }
    }

    /** The API server did not know the kind's path: its version may no longer be served. */
    void doubt(Kind kind) {
        answers.computeIfPresent(kind, (same, answer) -> answer.doubted());
    }

    private boolean stands(Answer answer) {
        return answer != null && (answer.isSure() || clock.instant().isBefore(answer.again()));
    }

    private Optional<String> lookUp(Kind kind) {
        if (kind.group().isEmpty()) {
            // served by every API server in its only version
            return Optional.of(kind.versions().getFirst());
        }
        var group = client.getApiGroup(kind.group());
        return group == null
                ? Optional.empty()
                : kind.versions().stream()
                        .filter(candidate -> group.getVersions().stream()
                                .anyMatch(offered -> offered.getVersion().equals(candidate)))
                        .filter(candidate -> serves(kind, candidate))
                        .findFirst();
    }

    /** Asks in which versions the cluster serves such objects, whether Sluice can write these or not. */
    List<String> offered(Kind kind) {
        var group = client.getApiGroup(kind.group());
        return group == null
                ? List.of()
                : group.getVersions().stream()
                        .map(GroupVersionForDiscovery::getVersion)
                        .filter(version -> serves(kind, version))
                        .toList();
    }

    /** Asks for something small, to see whether anybody answers. */
    void ask() {
        client.getApiGroups();
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
