package dev.sluice.sandbox.parts;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands in for the pods that nothing here would run: gives every Service that is created without endpoints one ready
 * EndpointSlice, named after it. A Service with the annotation {@value #NO_ENDPOINTS} is left without, and one that
 * has a slice of any name is left as it is.
 */
public final class EndpointMaker implements AutoCloseable {
    /** Set to {@code "true"} on a Service that shall have no endpoints. */
    public static final String NO_ENDPOINTS = "sluice.dev/no-endpoints";

    private static final AtomicInteger ADDRESSES = new AtomicInteger();
    private static final System.Logger LOG = System.getLogger(EndpointMaker.class.getName());
    private static final String SERVICE_NAME = "kubernetes.io/service-name";

    private final KubernetesClient client;
    private final SharedIndexInformer<Service> services;

    private EndpointMaker(KubernetesClient client) {
        this.client = client;
        this.services = client.services().inAnyNamespace().inform(new ResourceEventHandler<>() {
            @Override
            public void onAdd(Service service) {
                serve(service);
            }

            @Override
            public void onUpdate(Service before, Service after) {
                // A slice that someone deleted stays deleted: only a new Service gets one.
            }

            @Override
            public void onDelete(Service service, boolean finalStateUnknown) {
                forget(service);
            }
        });
    }

    /** Watches all namespaces with this client, which stays the caller's, until closed. Existing Services get their slice too. */
    public static EndpointMaker start(KubernetesClient client) {
        return new EndpointMaker(client);
    }

    @Override
    public void close() {
        services.stop();
    }

    private void serve(Service service) {
        try {
            if (!declined(service) && slices(service).list().getItems().isEmpty()) {
                client.resource(slice(service)).create();
            }
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                LOG.log(System.Logger.Level.WARNING, "no endpoints made for " + name(service), e);
            }
        }
    }

    /** Nothing collects garbage here. */
    private void forget(Service service) {
        try {
            slices(service).delete();
        } catch (KubernetesClientException e) {
            LOG.log(System.Logger.Level.WARNING, "endpoints outlive their Service " + name(service), e);
        }
    }

    private FilterWatchListDeletable<EndpointSlice, EndpointSliceList, Resource<EndpointSlice>> slices(
            Service service) {
        var metadata = service.getMetadata();
        return client.discovery()
                .v1()
                .endpointSlices()
                .inNamespace(metadata.getNamespace())
                .withLabel(SERVICE_NAME, metadata.getName());
    }

    private static boolean declined(Service service) {
        var annotations = service.getMetadata().getAnnotations();
        return annotations != null && "true".equals(annotations.get(NO_ENDPOINTS));
    }

    private static EndpointSlice slice(Service service) {
        return new EndpointSliceBuilder()
                .withNewMetadata()
                .withName(service.getMetadata().getName())
                .withNamespace(service.getMetadata().getNamespace())
                .withLabels(Map.of(SERVICE_NAME, service.getMetadata().getName()))
                .endMetadata()
                .withAddressType("IPv4")
                .addNewEndpoint()
                .withAddresses(address())
                .withNewConditions()
                .withReady(true)
                .endConditions()
                .endEndpoint()
                .build();
    }

    /** Each Service has a pod of its own: where two lead to the same ones, a check finds that. */
    public static String address() {
        var number = ADDRESSES.incrementAndGet();
        return "10.1." + (number >> 8 & 0xff) + "." + (number & 0xff);
    }

    private static String name(HasMetadata object) {
        return object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
    }
}
