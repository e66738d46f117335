package dev.sluice.sandbox.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.sluice.sandbox.Platform;
import dev.sluice.sandbox.parts.FreePort;
import dev.sluice.sandbox.parts.KubernetesPart;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.MetricEvent;
import dev.sluice.schemas.wire.MessageReader;
import dev.sluice.schemas.wire.MessageType;
import dev.sluice.schemas.wire.Reading;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShopIT {
    private static final String SPLIT = """
            apiVersion: split.smi-spec.io/v1alpha4
            kind: TrafficSplit
            metadata: {name: shop, namespace: demo}
            spec:
              service: shop
              backends: [{service: shop-blue, weight: 75}, {service: shop-green, weight: 25}]
            """;

    private static final String HTTP_ROUTE = """
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: shop, namespace: demo}
            spec:
              parentRefs: [{group: "", kind: Service, name: shop, port: 80}]
              rules:
                - backendRefs: [{name: shop-blue, port: 80, weight: 40}, {name: shop-green, port: 80, weight: 60}]
            """;

    /** What Sluice makes of the route at 60 % of green, whose clients are to stay there. */
    private static final String KEEPING = """
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: shop, namespace: demo}
            spec:
              parentRefs: [{group: "", kind: Service, name: shop, port: 80}]
              rules:
                - matches:
                    - headers: [{type: RegularExpression, name: cookie, value: '^(?:.*; ?)?canary=sluice-0123456789(?:;.*)?$'}]
                  backendRefs: [{name: shop-green, port: 80, weight: 1}]
                - backendRefs:
                    - {name: shop-blue, port: 80, weight: 40}
                    - name: shop-green
                      port: 80
                      weight: 60
                      filters:
                        - type: ResponseHeaderModifier
                          responseHeaderModifier: {add: [{name: Set-Cookie, value: canary=sluice-0123456789; Max-Age=3600; Path=/; HttpOnly}]}
            """;

    private static final String TAKEN_BACK = """
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: shop, namespace: demo}
            spec:
              parentRefs: [{group: "", kind: Service, name: shop, port: 80}]
              rules:
                - backendRefs: [{name: shop-blue, port: 80, weight: 100}, {name: shop-green, port: 80, weight: 0}]
            """;

    @TempDir
    private Path folder;

    private final Map<String, Double> requests = new HashMap<>();
    private final MessageReader reader = new MessageReader();

    @Test
    void publishesWhatItsCustomersFeelAtTheWeightsOfTheSplit() {
        assertThatGreenGets(0.25, SPLIT);
    }

    @Test
    void goesByItsHttpRouteWhereItHasOne() {
        assertThatGreenGets(0.6, SPLIT, HTTP_ROUTE);
    }

    @Test
    void aClientOfTheCanaryStaysUntilThatIsTakenBack() throws Exception {
        try (var platform = Platform.start(FreePort.any(), folder, KubernetesPart.Choice.MOCK)) {
            platform.client().resource(resource(KEEPING)).create();
            try (var shop = new Shop(platform, new Backend.Deployment("1.0.0", 0), new RollbackTimer(0.01, 50));
                    var http = HttpClient.newHttpClient()) {
                // given
                await().until(() -> shop.weights().newest().isPresent());
                var cookie = await().until(() -> handedOut(served(http, shop, "a=1")), text -> !text.isEmpty());
                shop.deploy(Shop.GREEN, new Backend.Deployment("1.1.0", 1));
                // when / then
                for (int i = 0; i < 50; i++) {
                    assertThat(served(http, shop, cookie).statusCode()).isEqualTo(500);
                }
                // when
                platform.client().resource(resource(TAKEN_BACK)).update();
                await().until(() -> shop.weights().newest().orElseThrow().percent(Shop.GREEN) == 0);
                // then
                for (int i = 0; i < 50; i++) {
                    assertThat(served(http, shop, cookie).statusCode()).isEqualTo(200);
                }
            }
        }
    }

    private static HttpResponse<Void> served(HttpClient http, Shop shop, String cookie)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(shop.address()).header("Cookie", cookie).build();
        return http.send(request, HttpResponse.BodyHandlers.discarding());
    }

    /** As a browser sends it back; empty where there is none. */
    private static String handedOut(HttpResponse<Void> response) {
        return response.headers().firstValue("Set-Cookie").orElse("").split(";", 2)[0];
    }

    private static GenericKubernetesResource resource(String yaml) {
        return Serialization.unmarshal(yaml, GenericKubernetesResource.class);
    }

    private void assertThatGreenGets(double share, String... objects) {
        try (var platform = Platform.start(FreePort.any(), folder, KubernetesPart.Choice.MOCK)) {
            for (var object : objects) {
                platform.client().resource(resource(object)).create();
            }
            try (var shop = new Shop(platform, new Backend.Deployment("1.0.0", 0), new RollbackTimer(0.01, 50));
                    var consumer = consumer(platform)) {
                // given
                shop.deploy(Shop.GREEN, new Backend.Deployment("1.1.0", 0.5));
                // when
                await().atMost(60, TimeUnit.SECONDS).until(() -> read(consumer) > 600);
            }
        }
        // then
        var green = requests.getOrDefault("1.1.0 200", 0.0) + requests.getOrDefault("1.1.0 500", 0.0);
        assertThat(green / total()).isCloseTo(share, within(0.08));
        assertThat(requests.get("1.1.0 500") / green).isCloseTo(0.5, within(0.15));
        assertThat(requests).doesNotContainKey("1.0.0 500");
    }

    private double read(KafkaConsumer<byte[], byte[]> consumer) {
        for (var record : consumer.poll(Duration.ofMillis(200))) {
            var reading = reader.read(MessageType.METRIC_EVENT, record.value(), record.headers());
            assertThat(reading).isInstanceOf(Reading.Message.class);
            if (reading instanceof Reading.Message<MetricEvent>(var event, var attributes) && event.count() != null) {
                requests.merge(event.revision() + " " + event.labels().get("code"), event.count(), Double::sum);
            }
        }
        return total();
    }

    private double total() {
        return requests.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    private static KafkaConsumer<byte[], byte[]> consumer(Platform platform) {
        var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", platform.kafka().bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        var partitions = consumer.partitionsFor(Topic.METRICS.name(Topic.DEFAULT_PREFIX)).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(List.copyOf(partitions));
        return consumer;
    }
}
