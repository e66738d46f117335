package dev.sluice.applier.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.applier.TestOrder;
import dev.sluice.sandbox.parts.KafkaPart;
import dev.sluice.sandbox.parts.KubernetesPart;
import dev.sluice.sandbox.parts.SluiceTopics;
import dev.sluice.sandbox.parts.TrafficSplits;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.WeightReport;
import dev.sluice.schemas.message.WeightReport.Outcome;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged service and two real API servers, one of them behind a wire that takes everything and says nothing: the
 * outage that takes longest to be noticed. A third one's credentials come from a program that never ends.
 */
class SeveralClustersIT {
    private static final String NAMESPACE = "several";
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String REQUEST_TIMEOUT = "PT25S";
    /** More than may be under way at once in one cluster. */
    private static final int DEAD_ROUTES = 40;

    private static final int LIVE_ROUTES = 30;

    @TempDir
    Path folder;

    private Desk desk;
    private PackagedService service;

    @Test
    @DisplayName(
            "B19 B39 B53 one applier serves several clusters: one that is dead is named, and delays no other's orders")
    void servesOthersWhileOneIsDead() throws Exception {
        assumeThat(KubernetesPart.isRealThere())
                .as("a real API server is here; there can be two of it")
                .isTrue();
        try (var kafka = KafkaPart.start();
                var us = KubernetesPart.start(KubernetesPart.Choice.REAL);
                var eu = KubernetesPart.start(KubernetesPart.Choice.REAL);
                var usClient = us.client();
                var euClient = eu.client();
                var usWire = new TcpLink(port(usClient));
                var euWire = new TcpLink(port(euClient))) {
            SluiceTopics.create(kafka.bootstrapServers(), Topic.DEFAULT_PREFIX);
            var usShop = shop(usClient);
            var euShop = shop(euClient);
            var contexts = Contexts.in(folder)
                    .reached("us", us, usWire)
                    .reached("eu", eu, euWire)
                    .waiting("stuck")
                    .write();
            try (var sender = new Desk(kafka.bootstrapServers())) {
                desk = sender;

                // given: one is dead when the applier starts
                usWire.freeze();
                try (var started = PackagedService.start(
                        kafka.bootstrapServers(), contexts, folder.resolve("output"), settings())) {
                    service = started.awaitReady();

                    // when
                    var dead = begins("prod-us", "early", DEAD_ROUTES);
                    dead.forEach(desk::send);
                    goOn(begins("eu", "early", LIVE_ROUTES), dead);

                    // then
                    awaitHealth("\"prod-us\": \"", "\"stuck\": \"");
                    assertThat(gauge("sluice_applier_api_answers"))
                            .isEqualTo(Map.of("prod-us", 0.0, "eu", 1.0, "stuck", 0.0));

                    // when
                    usWire.mend();

                    // then
                    awaitAll(dead, report -> report.outcome() == Outcome.APPLIED);
                    assertThat(usShop.split("early-0").get()).isNotNull();
                    assertThat(euShop.split("early-0").get()).isNotNull();
                    assertThat(euShop.split("early-" + LIVE_ROUTES).get()).isNull();

                    // given: one dies while it is served
                    await().atMost(LIMIT)
                            .until(() -> gauge("sluice_applier_api_answers").get("prod-us") == 1.0);
                    usWire.freeze();

                    // when
                    var later = begins("prod-us", "late", DEAD_ROUTES);
                    later.forEach(desk::send);
                    goOn(raises("eu", "early", LIVE_ROUTES), later);

                    // then
                    assertThat(euShop.split("early-7").get().<List<Map<String, Object>>>get("spec", "backends"))
                            .isEqualTo(Shop.backends(75, 25));
                    awaitAll(
                            later,
                            report -> report.outcome() == Outcome.WAITING
                                    && report.reason().contains("the API server can't be reached"));

                    // when
                    usWire.mend();

                    // then
                    awaitAll(later, report -> report.outcome() == Outcome.APPLIED);

                    // when: it is told to end while one is dead, then it does
                    usWire.freeze();
                }
            }
        }
    }

    @Test
    @DisplayName("a context that the kubeconfig hasn't stops the start, and the log says which it has")
    void stopsAtAnUnknownContext() throws Exception {
        // given
        var contexts = Contexts.in(folder).waiting("us").waiting("eu").write();
        var output = folder.resolve("output");

        // when
        try (var started = PackagedService.start(
                "localhost:1",
                contexts,
                output,
                Map.of("SLUICE_CLUSTERS", "prod-us", "SLUICE_CLUSTERS_PROD_US_CONTEXT", "us-east"))) {
            started.awaitEnd();
        }

        // then
        assertThat(Files.readString(output))
                .contains("cluster prod-us is to be reached by context us-east, which [" + contexts
                        + "] has not: name one of [eu, us] by sluice.clusters.prod-us.context");
    }

    private static Map<String, String> settings() {
        return Map.of(
                "SLUICE_CLUSTERS", "prod-us,eu,stuck",
                "SLUICE_CLUSTERS_PROD_US_CONTEXT", "us",
                "SLUICE_CLUSTERS_EU_CONTEXT", "eu",
                "SLUICE_CLUSTERS_STUCK_CONTEXT", "stuck",
                "SLUICE_KUBERNETES_REQUEST_TIMEOUT", REQUEST_TIMEOUT);
    }

    private static Shop shop(KubernetesClient client) {
        TrafficSplits.V1ALPHA4.install(client);
        var shop = new Shop(client, NAMESPACE, "v1alpha4");
        shop.ready(3, 3);
        return shop;
    }

    private static int port(KubernetesClient client) {
        return URI.create(client.getConfiguration().getMasterUrl()).getPort();
    }

    private static List<TestOrder> begins(String cluster, String name, int routes) {
        return orders(cluster, name, routes, TestOrder.begins());
    }

    private static List<TestOrder> raises(String cluster, String name, int routes) {
        return orders(cluster, name, routes, TestOrder.of(25));
    }

    private static List<TestOrder> orders(String cluster, String name, int routes, TestOrder like) {
        var deadline = Instant.now().plus(Duration.ofMinutes(30));
        return IntStream.range(0, routes)
                .mapToObj(number -> like.inCluster(cluster)
                        .in(NAMESPACE)
                        .named(name + "-" + number)
                        .until(deadline))
                .toList();
    }

    /** The first is carried out before even one of the dead cluster's requests is given up, the rest while it stays dead. */
    private void goOn(List<TestOrder> live, List<TestOrder> dead) {
        awaitApplied(live.subList(0, 1));
        assertThat(dead).allSatisfy(order -> assertThat(desk.reports(order)).isEmpty());
        awaitApplied(live.subList(1, live.size()));
        assertThat(dead)
                .allSatisfy(order ->
                        assertThat(desk.reports(order)).noneMatch(report -> report.outcome() == Outcome.APPLIED));
    }

    private void awaitApplied(List<TestOrder> orders) {
        orders.forEach(desk::send);
        awaitAll(orders, report -> report.outcome() == Outcome.APPLIED);
    }

    private void awaitAll(List<TestOrder> orders, Predicate<WeightReport> which) {
        for (var order : orders) {
            await(order.route())
                    .atMost(LIMIT)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> desk.reports(order).stream().anyMatch(which));
        }
    }

    private void awaitHealth(String... names) {
        await().atMost(LIMIT).untilAsserted(() -> {
            var health = service.readiness();
            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(health.body()).contains(names).doesNotContain("\"eu\": \"");
        });
    }

    /** By cluster. */
    private Map<String, Double> gauge(String name) {
        return service.metrics()
                .lines()
                .filter(line -> line.startsWith(name + "{"))
                .collect(Collectors.toMap(
                        line -> line.substring(line.indexOf('"') + 1, line.lastIndexOf('"')),
                        line -> Double.valueOf(line.substring(line.indexOf("} ") + 2))));
    }
}
