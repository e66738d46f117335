package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code emit-metric} by a metrics-gate's entrance. */
class EmitMetricTest {
    private static final String ENTRANCE = "POST /api/metrics";
    private static final String EVENT =
            "emit-metric shop/checkout --target prod --revision 1.4.2 --metric queue_depth --value 17 --label queue=in";

    @Test
    void sendsTheEventToTheGateThatIsNamed() {
        try (var gate = new ScriptedServer().on(ENTRANCE, 200, Map.of("taken", 1))) {
            // when
            var named = Shell.plain()
                    .with("SLUICE_TOKEN", "t1")
                    .with("SLUICE_BOOTSTRAP", "localhost:1")
                    .run(EVENT + " --url " + gate.url());
            var known = Shell.plain().with("SLUICE_GATE_URL", gate.url()).run(EVENT);
            // then
            assertThat(named.exit()).as(named.err()).isZero();
            assertThat(known.exit()).as(known.err()).isZero();
            var sent = gate.requests(ENTRANCE).getFirst();
            assertThat(sent.authorization()).isEqualTo("Bearer t1");
            assertThat(sent.json().path("value").asDouble()).isEqualTo(17);
            assertThat(sent.json().at("/labels/queue").asText()).isEqualTo("in");
            // the same again by a proxy counts once
            assertThat(sent.json().path("id").asText()).isNotEmpty();
        }
    }

    @Test
    void saysWhatTheGateSaysWhereItRefuses() {
        try (var gate = new ScriptedServer().on(ENTRANCE, 403, Map.of("error", "not for shop/checkout"))) {
            // when
            var ran = Shell.plain().run(EVENT + " --url " + gate.url());
            // then
            assertThat(ran.exit()).isOne();
            assertThat(ran.err()).contains("not for shop/checkout");
        }
    }

    @Test
    void theBrokersOnTheCommandLineWin() {
        try (var gate = new ScriptedServer().on(ENTRANCE, 200, Map.of("taken", 1))) {
            // when
            var ran = Shell.plain()
                    .with("SLUICE_GATE_URL", gate.url())
                    .run(EVENT + " --bootstrap localhost:1 --kafka-config /no/such/file");
            // then
            assertThat(ran.exit()).isEqualTo(2);
            assertThat(gate.requests(ENTRANCE)).isEmpty();
        }
    }
}
