package dev.sluice.applier.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Which of the Services that a route names exist. */
final class Services {
    private static final Logger LOG = Logger.getLogger(Services.class);

    private final KubernetesClient client;

    Services(KubernetesClient client) {
        this.client = client;
    }

    /** Those that the API server says don't exist. */
    Set<String> missing(String namespace, Collection<String> names) {
        return names.stream().filter(name -> isMissing(namespace, name)).collect(Collectors.toSet());
    }

    private boolean isMissing(String namespace, String name) {
        try {
            return client.services().inNamespace(namespace).withName(name).get() == null;
        } catch (KubernetesClientException e) {
            LOG.debugf(e, "Service %s/%s can't be read", namespace, name);
            return false;
        }
    }
}
