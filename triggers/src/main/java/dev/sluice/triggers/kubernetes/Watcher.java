package dev.sluice.triggers.kubernetes;

import dev.sluice.triggers.config.TriggersConfig;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is watched in the cluster, as the settings say. A cluster that isn't there is waited for: webhooks need none. */
@Singleton
public class Watcher {
    private final List<Watch<?>> watches = new ArrayList<>();

    Watcher(
            KubernetesClient client,
            RolloutReconciler rollouts,
            DeploymentReconciler deployments,
            TriggersConfig config) {
        var triggers = config.triggers();
        if (triggers.resources()) {
            watches.add(new Watch<>(
                    SluiceRollout.DEFINITION,
                    client,
                    rollouts,
                    () -> unserved(client),
                    settings -> narrow(settings, triggers)));
        }
        if (triggers.deployments().watch()) {
            watches.add(new Watch<>("deployments", client, deployments, Optional::empty, settings -> {
                narrow(settings, triggers);
                triggers.deployments().selector().ifPresent(settings::withLabelSelector);
            }));
        }
    }

    private static Optional<String> unserved(KubernetesClient client) {
        return client.getApiResources(SluiceRollout.GROUP + "/" + SluiceRollout.VERSION) == null
                ? Optional.of("the cluster serves no " + SluiceRollout.DEFINITION
                        + ": kubectl apply --server-side -f deploy/crds")
                : Optional.empty();
    }

    private static void narrow(ControllerConfigurationOverrider<?> settings, TriggersConfig.Triggers triggers) {
        triggers.namespaces().ifPresent(names -> settings.settingNamespaces(new HashSet<>(names)));
    }

    void start(@Observes StartupEvent event) {
        watches.forEach(Watch::start);
    }

    /** Why not all is watched that should be; empty where it is. */
    public Optional<String> obstacle() {
        var words = watches.stream().flatMap(watch -> watch.obstacle().stream()).collect(Collectors.joining("; "));
        return words.isEmpty() ? Optional.empty() : Optional.of(words);
    }

    void stop(@Observes ShutdownEvent event) {
        watches.forEach(Watch::close);
    }
}
