package dev.sluice.triggers.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** One kind that is watched, as soon as it can be: an operator of its own, so that a right that is missing for one kind doesn't keep another waiting. */
final class Watch<P extends HasMetadata> implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Watch.class);
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final String kind;
    private final KubernetesClient client;
    private final Reconciler<P> reconciler;
    private final Supplier<Optional<String>> wanting;
    private final Consumer<ControllerConfigurationOverrider<P>> configure;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile Operator operator;
    private volatile String obstacle;

    /** @param wanting what the cluster lacks, in words; empty where nothing */
    Watch(
            String kind,
            KubernetesClient client,
            Reconciler<P> reconciler,
            Supplier<Optional<String>> wanting,
            Consumer<ControllerConfigurationOverrider<P>> configure) {
        this.kind = kind;
        this.client = client;
        this.reconciler = reconciler;
        this.wanting = wanting;
        this.configure = configure;
        this.obstacle = kind + " are not watched yet";
    }

    void start() {
        Thread.ofPlatform().daemon().name("sluice-watch-" + kind).start(this::untilWatched);
    }

    /** Why they are not watched; empty where they are. */
    Optional<String> obstacle() {
        return Optional.ofNullable(obstacle);
    }

    private void untilWatched() {
        try {
            do {
                obstacle = started().orElse(null);
                if (obstacle != null) {
                    LOG.warnf("%s are not watched: %s", kind, obstacle);
                }
            } while (obstacle != null && !stopped.await(AGAIN_AFTER.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<String> started() {
        try {
            var lack = wanting.get();
            if (lack.isPresent()) {
                return lack;
            }
            var next = new Operator(settings -> settings.withKubernetesClient(client)
                    .withCloseClientOnStop(false)
                    .checkingCRDAndValidateLocalModel(false)
                    .withUseSSAToPatchPrimaryResource(true)
                    .withStopOnInformerErrorDuringStartup(true));
            next.register(reconciler, settings -> {
                settings.withFieldManager(RolloutReconciler.MANAGER);
                // an API server that is away comes back, and nothing else may look at the object then
                settings.withRetry(GenericRetry.defaultLimitedExponentialRetry()
                        .setMaxInterval(LONGEST_PAUSE.toMillis())
                        .withoutMaxAttempts());
                configure.accept(settings);
            });
            next.start();
            operator = next;
            LOG.infof("watching %s", kind);
            return Optional.empty();
        } catch (KubernetesClientException | OperatorException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        stopped.countDown();
        if (operator != null) {
            operator.stop();
        }
    }
}
