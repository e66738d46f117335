package dev.sluice.applier.it;

import dev.sluice.applier.TestOrder;
import dev.sluice.schemas.rollout.mesh.MeshEntry;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Routes in objects of their own (TrafficSplits, which the applier makes), and two that share one (an HTTPRoute's rules). */
final class Courses {
    static final String SPLITS = "trafficsplits";
    static final String HTTP_ROUTES = "httproutes";

    private static final String HTTP_ROUTE = "checkout";
    private static final List<String> RULES = List.of("inner", "outer");

    private final String namespace;
    private final Random random;
    private final List<Course> splits;
    private final List<Course> rules;

    Courses(String namespace, int splits, Random random) {
        this.namespace = namespace;
        this.random = random;
        var order = TestOrder.of(0).in(namespace).until(Instant.now().plus(Duration.ofMinutes(30)));
        this.splits = IntStream.range(0, splits)
                .mapToObj(number -> "split-" + number)
                .map(name -> new Course(order.named(name), SPLITS + "/" + name, random))
                .toList();
        this.rules = RULES.stream()
                .map(rule ->
                        new Course(order.through("gatewayApi", entry(rule)), HTTP_ROUTES + "/" + HTTP_ROUTE, random))
                .toList();
    }

    List<Course> all() {
        return Stream.concat(splits.stream(), rules.stream()).toList();
    }

    /** One of the kind. */
    Course any(String resource) {
        var concerned = resource.equals(SPLITS) ? splits : rules;
        return concerned.get(random.nextInt(concerned.size()));
    }

    void follow(History history) {
        for (var split : splits) {
            history.follow(
                    split.route(),
                    object -> split.object()
                                    .equals(SPLITS + "/" + object.getMetadata().getName())
                            ? weights(object.get("spec", "backends"), "service")
                            : null);
        }
        for (var number = 0; number < rules.size(); number++) {
            var place = new Object[] {"spec", "rules", number, "backendRefs"};
            history.follow(
                    rules.get(number).route(),
                    object -> object.getKind().equals("HTTPRoute") ? weights(object.get(place), "name") : null);
        }
    }

    private static Map<String, Integer> weights(List<Map<String, Object>> backends, String key) {
        var weights = new HashMap<String, Integer>();
        backends.forEach(
                backend -> weights.put((String) backend.get(key), ((Number) backend.get("weight")).intValue()));
        return weights;
    }

    private static MeshEntry.Named entry(String rule) {
        var active = "checkout";
        var canary = "checkout-canary";
        var entry = Map.<String, Object>of(
                "route",
                Map.of("name", HTTP_ROUTE, "ruleName", rule),
                "activeService",
                active,
                "canaryService",
                canary);
        return new MeshEntry.Named(HTTP_ROUTES + ".gateway.networking.k8s.io", HTTP_ROUTE, rule, active, canary, entry);
    }

    /** The user's own object, which Sluice only edits. */
    void createHttpRoute(KubernetesClient client) {
        var backends = List.of(
                Map.of("name", "checkout", "port", 80, "weight", 100),
                Map.of("name", "checkout-canary", "port", 80, "weight", 0));
        var spec = Map.of(
                "rules",
                RULES.stream()
                        .map(rule -> Map.of("name", rule, "backendRefs", backends))
                        .toList());
        var route = Map.of(
                "apiVersion",
                "gateway.networking.k8s.io/v1",
                "kind",
                "HTTPRoute",
                "metadata",
                Map.of("name", HTTP_ROUTE, "namespace", namespace),
                "spec",
                spec);
        client.resource(client.getKubernetesSerialization().convertValue(route, GenericKubernetesResource.class))
                .create();
    }
}
