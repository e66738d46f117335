package dev.sluice.bench.rig;

import dev.sluice.sandbox.parts.EndpointMaker;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * What an application is to Kubernetes: a stable and a canary Service, each with one ready EndpointSlice. They are made here
 * and side by side, since the sandbox's {@link EndpointMaker} goes from one to the next, which takes minutes for thousands.
 */
public final class Applications {
    private static final int CALLS_IN_FLIGHT = 16;

    private final KubernetesClient client;

    public Applications(KubernetesClient client) {
        this.client = client;
    }

    /** Returns when all are there. */
    public void create(List<String> services) throws InterruptedException {
        var calls = new ArrayList<Future<?>>();
        try (var threads = Executors.newFixedThreadPool(CALLS_IN_FLIGHT)) {
            services.stream()
                    .flatMap(service -> Stream.of(service, Names.canaryService(service)))
                    .forEach(name -> calls.add(threads.submit(() -> {
                        create(service(name));
                        create(slice(name));
                    })));
            for (var call : calls) {
                call.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot make the applications", e.getCause());
        }
    }

    private void create(HasMetadata object) {
        client.resource(object).create();
    }

    /** Headless, which spares the API server the allocation of an address that nobody would call. */
    private static HasMetadata service(String name) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(Names.NAMESPACE)
                .addToAnnotations(EndpointMaker.NO_ENDPOINTS, "true")
                .endMetadata()
                .withNewSpec()
                .withClusterIP("None")
                .addNewPort()
                .withPort(80)
                .endPort()
                .endSpec()
                .build();
    }

    private static HasMetadata slice(String service) {
        return new EndpointSliceBuilder()
                .withNewMetadata()
                .withName(service)
                .withNamespace(Names.NAMESPACE)
                .withLabels(Map.of("kubernetes.io/service-name", service))
                .endMetadata()
                .withAddressType("IPv4")
                .addNewEndpoint()
                .withAddresses(EndpointMaker.address())
                .withNewConditions()
                .withReady(true)
                .endConditions()
                .endEndpoint()
                .build();
    }
}
