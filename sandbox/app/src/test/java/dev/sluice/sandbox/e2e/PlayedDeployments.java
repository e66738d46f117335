package dev.sluice.sandbox.e2e;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.net.HttpURLConnection;
import java.util.Objects;

/** Does as a cluster's Deployment controller would, at once: as many pods as are wanted, and all of them ready. */
final class PlayedDeployments implements Watcher<Deployment>, AutoCloseable {
    private final KubernetesClient client;
    private final Watch watch;

    PlayedDeployments(KubernetesClient client) {
        this.client = client;
        watch = client.apps().deployments().inNamespace(Trial.NAMESPACE).watch(this);
    }

    @Override
    public void eventReceived(Action action, Deployment deployment) {
        var isKnown = Objects.equals(
                deployment.getMetadata().getGeneration(), deployment.getStatus().getObservedGeneration());
        if (action != Action.DELETED && !isKnown) {
            rollOut(deployment.getMetadata().getName());
        }
    }

    /** Whoever else writes it meanwhile comes first. */
    private void rollOut(String name) {
        var resource = client.apps().deployments().inNamespace(Trial.NAMESPACE).withName(name);
        for (var isDone = false; !isDone; ) {
            try {
                resource.editStatus(PlayedDeployments::rolledOut);
                isDone = true;
            } catch (KubernetesClientException e) {
                if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                    throw e;
                }
            }
        }
    }

    private static Deployment rolledOut(Deployment known) {
        var wanted = known.getSpec().getReplicas();
        return new DeploymentBuilder(known)
                .withStatus(new DeploymentStatusBuilder()
                        .withObservedGeneration(known.getMetadata().getGeneration())
                        .withReplicas(wanted)
                        .withReadyReplicas(wanted)
                        .withUpdatedReplicas(wanted)
                        .build())
                .build();
    }

    @Override
    public void onClose(WatcherException broken) {}

    @Override
    public void close() {
        watch.close();
    }
}
