package dev.sluice.gate.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.gate.source.builtin.BuiltinQueries;
import dev.sluice.gate.source.builtin.BuiltinQuery.Unit;
import dev.sluice.sandbox.parts.PrometheusPart;
import dev.sluice.schemas.check.DocumentSchema;
import dev.sluice.schemas.wire.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a Prometheus server with series in each mesh's shape: the canary's, the stable backend's and a namesake's. */
class BuiltinQueriesTest {
    private static final Instant END = Instant.parse("2026-11-30T10:05:00Z");
    private static final Duration STEP = Duration.ofSeconds(60);
    private static final Map<String, String> CANARY = Map.of(
            "namespace", "shop",
            "workload", "checkout-canary",
            "service", "checkout-canary");

    private static PrometheusPart prometheus;
    private static Asked asked;

    @BeforeAll
    static void start() {
        assumeTrue(PrometheusPart.available(), "no Prometheus here: see what the part says");
        prometheus = PrometheusPart.start(new MeshSeries(new OpenMetrics(END)).all(), List.of());
        asked = Asked.with(Map.of("mesh.type", "prometheus", "mesh.url", prometheus.url()));
    }

    @AfterAll
    static void stop() {
        if (prometheus != null) {
            asked.close();
            prometheus.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"istio", "linkerd", "envoy", "gatewayApi", "contour", "ingressNginx", "nginx", "traefik"})
    void givesTheCanarysOwnSuccessRate(String mesh) {
        // given / when
        var answer = ask(mesh, "success-rate", CANARY);

        // then: 1 of 10 requests a second fails, and none of anybody else's counts
        assertThat(answer).isInstanceOfSatisfying(Answer.Found.class, found -> {
            assertThat(found.value()).isCloseTo(0.9, offset(1e-6));
            assertThat(found.samples()).isBetween(2990L, 3010L);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"istio", "linkerd", "envoy", "contour", "ingressNginx", "nginx", "traefik"})
    void givesTheCanarysOwnLatencyInMilliseconds(String mesh) {
        // given / when
        var answer = ask(mesh, "latency", CANARY);

        // then: 8 of 10 take at most 100 ms and 2 at most 500 ms: the 99th percentile is at 19 twentieths of the upper
        // bucket
        assertThat(answer).isInstanceOfSatisfying(Answer.Found.class, found -> {
            assertThat(found.value()).isCloseTo(480, offset(1e-3));
            assertThat(found.samples()).isBetween(2990L, 3010L);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"istio", "linkerd", "envoy", "contour", "ingressNginx", "nginx", "traefik"})
    void saysThatThereIsNothingWhereNothingWasServed(String mesh) {
        // given
        var nobody = Map.of("namespace", "shop", "workload", "cart", "service", "cart");

        // when / then
        assertThat(ask(mesh, "success-rate", nobody)).isInstanceOf(Answer.Nothing.class);
        assertThat(ask(mesh, "latency", nobody)).isInstanceOf(Answer.Nothing.class);
    }

    @Test
    void countsNoFailuresAsSuccessAndOnlyFailuresAsNone() {
        // given
        var healthy = Map.of("namespace", "shop", "workload", "healthy");
        var broken = Map.of("namespace", "shop", "workload", "broken");

        // when / then
        assertThat(ask("istio", "builtin/success-rate", healthy))
                .isInstanceOfSatisfying(
                        Answer.Found.class, found -> assertThat(found.value()).isEqualTo(1));
        assertThat(ask("istio", "builtin/success-rate", broken))
                .isInstanceOfSatisfying(
                        Answer.Found.class, found -> assertThat(found.value()).isZero());
    }

    @Test
    void namesWhatThereIs() {
        // given / when / then
        assertThat(BuiltinQueries.of("ingressNginx", "latency").unit()).isEqualTo(Unit.MILLISECONDS);
        assertThat(BuiltinQueries.of("ingressNginx", "success-rate").unit()).isEqualTo(Unit.FRACTION);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BuiltinQueries.of("consul", "latency"))
                .withMessage("there are no built-in queries for consul; there are for contour, envoy, gatewayApi,"
                        + " ingressNginx, istio, linkerd, nginx, traefik: name the one whose proxies count, as in"
                        + " builtin/linkerd/success-rate, or write a queryTemplate");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BuiltinQueries.of("smi", "builtin/success-rate"))
                .withMessageStartingWith(
                        "smi says how traffic is divided, and not who counts it; there are for contour");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BuiltinQueries.of("istio", "builtin/errors"))
                .withMessage("there is no built-in query builtin/errors; there are latency, success-rate");
    }

    @Test
    void asksTheProxiesThatAreNamed() {
        assertThat(BuiltinQueries.of("smi", "builtin/linkerd/latency"))
                .isEqualTo(BuiltinQueries.of("linkerd", "builtin/latency"));
    }

    /** A file may name each that there is, and no other. */
    @Test
    void theRolloutFileKnowsThemAll() throws IOException {
        var schema = DocumentSchema.class.getResourceAsStream("/dev/sluice/schemas/rollout-file.schema.json");
        var names = new TreeSet<String>();
        Json.mapper().readTree(schema).findValue("use").path("enum").forEach(name -> names.add(name.textValue()));

        var all = BuiltinQueries.names().stream()
                .flatMap(name -> Stream.concat(
                        Stream.of("builtin/" + name),
                        BuiltinQueries.meshes().stream().map(mesh -> "builtin/" + mesh + "/" + name)));
        assertThat(names).containsExactlyInAnyOrderElementsOf(all.toList());
    }

    private static Answer ask(String mesh, String name, Map<String, String> variables) {
        var query = BuiltinQueries.of(mesh, name);
        var question = new Question(query.template(), query.samples(), END.minusSeconds(300), END, STEP, variables);
        return asked.answer("mesh", question, Asked.LONG);
    }
}
