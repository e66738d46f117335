package dev.sluice.triggers.kubernetes;

import dev.sluice.triggers.config.TriggersConfig;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Runs the operator, as soon as the kind is served. A cluster that isn't there is waited for: webhooks need none. */
@Singleton
public class Watcher {
    private static final Logger LOG = Logger.getLogger(Watcher.class);
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final KubernetesClient client;
    private final RolloutReconciler reconciler;
    private final TriggersConfig config;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile Operator operator;
    private volatile String obstacle = "resources are not watched yet";

    Watcher(KubernetesClient client, RolloutReconciler reconciler, TriggersConfig config) {
        this.client = client;
        this.reconciler = reconciler;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        if (config.triggers().resources()) {
            Thread.ofPlatform().daemon().name("sluice-watcher").start(this::watch);
        } else {
            obstacle = null;
        }
    }

    /** Why no resources are watched; empty where they are, or need not be. */
    public Optional<String> obstacle() {
        return Optional.ofNullable(obstacle);
    }

    private void watch() {
        try {
            do {
                obstacle = started().orElse(null);
                if (obstacle != null) {
                    LOG.warnf("resources are not watched: %s", obstacle);
                }
            } while (obstacle != null && !stopped.await(AGAIN_AFTER.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<String> started() {
        try {
            if (client.getApiResources(SluiceRollout.GROUP + "/" + SluiceRollout.VERSION) == null) {
                return Optional.of("the cluster serves no " + SluiceRollout.DEFINITION
                        + ": kubectl apply --server-side -f deploy/crds");
            }
            var next = new Operator(settings -> settings.withKubernetesClient(client)
                    .withCloseClientOnStop(false)
                    .checkingCRDAndValidateLocalModel(false)
                    .withUseSSAToPatchPrimaryResource(true)
                    .withStopOnInformerErrorDuringStartup(true));
            next.register(reconciler, this::configure);
            next.start();
            operator = next;
            LOG.infof("watching %s", SluiceRollout.DEFINITION);
            return Optional.empty();
        } catch (KubernetesClientException | OperatorException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private void configure(ControllerConfigurationOverrider<SluiceRollout> settings) {
        settings.withFieldManager(RolloutReconciler.MANAGER);
        // an API server that is away comes back, and nothing else may look at the resource then
        settings.withRetry(GenericRetry.defaultLimitedExponentialRetry()
                .setMaxInterval(LONGEST_PAUSE.toMillis())
                .withoutMaxAttempts());
        config.triggers().namespaces().ifPresent(names -> settings.settingNamespaces(new HashSet<>(names)));
    }

    void stop(@Observes ShutdownEvent event) {
        stopped.countDown();
        if (operator != null) {
            operator.stop();
        }
    }
}
