package dev.sluice.sandbox.shop;

import dev.sluice.sandbox.Platform;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * A shop with two deployments, blue and green, behind a proxy that follows its HTTPRoute or TrafficSplit, with customers who do
 * not stop buying; what they experience is published as metric events.
 */
public final class Shop implements AutoCloseable {
    public static final String APPLICATION = "demo/shop";
    public static final String TARGET = "local";
    public static final String NAMESPACE = "demo";
    public static final String NAME = "shop";
    public static final String BLUE = "shop-blue";
    public static final String GREEN = "shop-green";

    private static final int REQUESTS_PER_SECOND = 300;

    private final Map<String, Backend> backends;
    private final ShopWeights weights;
    private final WeightedProxy proxy;
    private final MetricPublisher publisher;
    private final Customers customers;

    /** Opens the shop: {@code first} runs behind blue, which has all the traffic while there is no route. */
    public Shop(Platform platform, Backend.Deployment first, RollbackTimer timer) {
        createServices(platform.client());
        backends = Map.of(BLUE, new Backend(first), GREEN, new Backend(first));
        weights = new ShopWeights(platform.client(), NAMESPACE, NAME);
        proxy = new WeightedProxy(weights, backends, BLUE, this::hurry);
        publisher = new MetricPublisher(platform.kafka().bootstrapServers(), APPLICATION, TARGET, proxy::take, timer);
        customers = new Customers(proxy.address(), REQUESTS_PER_SECOND);
    }

    private void hurry() {
        publisher.hurry();
    }

    /** Puts this behind one of the two Services. */
    public void deploy(String service, Backend.Deployment deployment) {
        backends.get(service).deploy(deployment);
    }

    public ShopWeights weights() {
        return weights;
    }

    /** Where customers buy. */
    public URI address() {
        return proxy.address();
    }

    private static void createServices(KubernetesClient client) {
        for (var name : List.of(NAME, BLUE, GREEN)) {
            client.resource(new ServiceBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .withNamespace(NAMESPACE)
                            .endMetadata()
                            .withNewSpec()
                            .addToSelector("app", name)
                            .addNewPort()
                            .withPort(80)
                            .endPort()
                            .endSpec()
                            .build())
                    .create();
        }
    }

    @Override
    public void close() {
        customers.close();
        publisher.close();
        proxy.close();
        weights.close();
        backends.values().forEach(Backend::close);
    }
}
