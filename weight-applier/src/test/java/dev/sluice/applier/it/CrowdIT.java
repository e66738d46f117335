package dev.sluice.applier.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.applier.TestOrder;
import dev.sluice.applier.it.ClusterResource.Cluster;
import dev.sluice.sandbox.parts.KafkaTestResource;
import dev.sluice.schemas.message.WeightReport.Outcome;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Many routes at once, on a real API server where its binaries are. */
@QuarkusTest
@QuarkusTestResource(value = KafkaTestResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(
        value = ClusterResource.class,
        restrictToAnnotatedClass = true,
        initArgs = @ResourceArg(name = "choice", value = "auto"))
class CrowdIT {
    private static final String NAMESPACE = "crowd";
    private static final int ROUTES = 300;
    private static final int MOST_CALLS = 32;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    Cluster cluster;

    @Inject
    MeterRegistry registry;

    private KubernetesClient client;
    private Desk desk;
    private Shop shop;

    @BeforeEach
    void open() {
        client = cluster.part().client();
        desk = new Desk(ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class));
        shop = new Shop(client, NAMESPACE, "v1alpha4");
        shop.ready(3, 3);
    }

    @AfterEach
    void close() {
        desk.close();
        client.close();
    }

    @Test
    @DisplayName(
            "B39: 300 beginnings are 300 creates and nothing else, never more than 32 at once; what lowers goes first")
    void beginsThreeHundredAtOnce() {
        // given: the watches that the first route brings
        var pilot = order("pilot").beginning().numbered(1);
        desk.send(pilot);
        desk.awaitReport(pilot, Outcome.APPLIED);
        await().atMost(LIMIT).until(() -> value("sluice.applier.watches.unsynced") == 0);
        assertThat(count("sluice.applier.requests", "verb", "watch")).isEqualTo(3);
        desk.forget(pilot.route());
        await().atMost(LIMIT).until(() -> value("sluice.applier.routes") == 0);
        var callsBefore = count("sluice.applier.calls");
        var asked = questions();

        // when
        var begins = crowd(0).map(order -> order.beginning().numbered(1)).toList();
        begins.forEach(desk::send);
        begins.forEach(begin -> desk.awaitReport(begin, Outcome.APPLIED));

        // then
        var looksAgain = count("sluice.applier.calls", "urgency", "keeps");
        assertThat(count("sluice.applier.calls", "kind", "create", "urgency", "raises") - 1)
                .isEqualTo(ROUTES);
        assertThat(count("sluice.applier.calls") - callsBefore).isEqualTo(ROUTES + looksAgain);
        assertThat(questions() - asked).isLessThanOrEqualTo(looksAgain);
        assertThat(value("sluice.applier.calls.running.most")).isLessThanOrEqualTo(MOST_CALLS);
        assertThat(count("sluice.applier.overloads")).isZero();
        assertThat(count("sluice.applier.writes", "result", "failed")).isZero();
        assertThat(count("sluice.applier.looks", "result", "failed")).isZero();

        // when: all but one are raised while the API server is away, and that one is taken back
        var other = order("split-0");
        desk.send(other.weighing("25").numbered(2));
        desk.awaitReport(other.weighing("25").numbered(2), Outcome.APPLIED);
        cluster.link().cut();
        var raises = crowd(1).map(order -> order.weighing("25").numbered(2)).toList();
        raises.forEach(desk::send);
        raises.forEach(raise -> desk.awaitReport(raise, Outcome.WAITING));
        desk.send(other.numbered(3));
        desk.awaitReport(other.numbered(3), Outcome.WAITING);
        cluster.link().mend();
        raises.forEach(raise -> desk.awaitReport(raise, Outcome.APPLIED));
        desk.awaitReport(other.numbered(3), Outcome.APPLIED);

        // then
        var lowered = version("split-0");
        assertThat(IntStream.range(1, ROUTES).mapToLong(number -> version("split-" + number)))
                .allMatch(raised -> raised > lowered);
        assertThat(value("sluice.applier.calls.running.most")).isLessThanOrEqualTo(MOST_CALLS);
    }

    private static TestOrder order(String name) {
        return TestOrder.of(0).in(NAMESPACE).named(name).until(Instant.now().plus(Duration.ofMinutes(30)));
    }

    private static Stream<TestOrder> crowd(int from) {
        return IntStream.range(from, ROUTES).mapToObj(number -> order("split-" + number));
    }

    /** The API server counts every write of the cluster: whose number is lower was written before. */
    private long version(String split) {
        return Long.parseLong(shop.split(split).get().getMetadata().getResourceVersion());
    }

    /** Requests that read what routes depend on. */
    private double questions() {
        return List.of("trafficsplits", "services", "endpointslices").stream()
                .mapToDouble(resource -> count("sluice.applier.requests", "verb", "get", "resource", resource)
                        + count("sluice.applier.requests", "verb", "list", "resource", resource))
                .sum();
    }

    private double count(String name, String... tags) {
        return meters(name, tags).stream()
                .mapToDouble(meter -> ((Counter) meter).count())
                .sum();
    }

    private double value(String name) {
        return meters(name).stream()
                .mapToDouble(meter -> ((Gauge) meter).value())
                .sum();
    }

    private Collection<? extends Meter> meters(String name, String... tags) {
        return registry.find(name).tags(tags).meters();
    }
}
