package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sandbox.parts.KafkaPart;
import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.MetricEvent;
import dev.sluice.schemas.wire.MessageType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code replay} on a real broker. The log has its own times, so that the rollout is told around them. */
class ReplayFileTest {
    private static final String FILE = """
            version: v1
            application: shop/checkout
            targets:
              prod: {cluster: prod, namespace: shop, strategy: careful}
            strategies:
              careful:
                canary:
                  steps:
                    - setWeight: {weight: 10}
                    - analysis: {interval: 60s, numberOfJudgmentRuns: 1, queries: [errors]}
            analysis:
              queries:
                - name: errors
                  ratio: {numerator: {metric: http_requests, labels: {code: "5.."}}, denominator: {metric: http_requests}}
                  upperLimit: LIMIT
            trafficManagement:
              - smi: [{rootServiceName: checkout}]
            """;

    private static KafkaPart kafka;

    @BeforeAll
    static void start() {
        kafka = KafkaPart.start();
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void readsFromTheTopicsWhatAFileWouldHaveFound() {
        // given
        var broker = Broker.of(kafka, "replay.");
        var begun = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(1);
        broker.write(MessageType.AUDIT, decision("Began", begun, "start", "r1", 0));
        broker.write(MessageType.AUDIT, decision("Answered", begun, "report", "route", 10));
        broker.write(MessageType.METRIC_EVENT, requests("200", 90));
        broker.write(MessageType.METRIC_EVENT, requests("503", 10));
        var back = begun.plusSeconds(61);
        broker.write(MessageType.AUDIT, decision("RollbackBegan", back, "verdict", "r1/prod/step-2/1/1", 10));
        broker.write(MessageType.AUDIT, decision("RolledBack", back, "report", "route", 0));
        // when
        var found = broker.shell().given(FILE.replace("LIMIT", "0.05")).run("replay -f - -o json");
        var missed = broker.shell().given(FILE.replace("LIMIT", "0.5")).run("replay -f - --rollouts r1");
        // then
        assertThat(found.exit()).as(found.out() + found.err()).isZero();
        var target = Read.json(found.out()).at("/targets/0");
        assertThat(target.at("/then/after").asText()).isEqualTo("PT1M1S");
        assertThat(target.at("/now/ending").asText()).isEqualTo("RolledBack");
        assertThat(target.at("/now/after").asText()).isEqualTo("PT1M0.5S");
        assertThat(missed.exit()).isOne();
        assertThat(missed.out()).contains("missed", "is not known.");
    }

    @Test
    void withoutARolloutThatIsOverNothingIsShownToBeNoWorse() {
        // when
        var ran = Broker.of(kafka, "replay-none.")
                .shell()
                .given(FILE.replace("LIMIT", "0.05"))
                .run("replay -f -");
        // then
        assertThat(ran.exit()).as(ran.err()).isOne();
        assertThat(ran.out()).contains("no rollout of shop/checkout that is over");
    }

    @Test
    void saysThatHttpIsNotEnough() {
        // when
        var ran = Shell.plain().given(FILE).run("replay -f - --url http://localhost:1");
        // then
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("--bootstrap");
    }

    @Test
    void saysHowRolloutsAreChosen() {
        // when
        var ran = Shell.plain().given(FILE).run("replay -f - --rollouts last:none");
        // then
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("last:20", "since:7d");
    }

    private static MetricEvent requests(String code, double count) {
        return new MetricEvent(
                Said.APPLICATION,
                "prod",
                "canary",
                null,
                "http_requests",
                null,
                count,
                null,
                null,
                Map.of("code", code),
                null,
                null);
    }

    private static Audit decision(String name, Instant time, String by, String id, int weight) {
        return new Audit(
                name + time,
                name,
                Said.APPLICATION,
                "prod",
                "r1",
                new Audit.EventRef(by, id, null),
                "alice",
                "because",
                List.of(),
                null,
                Map.of("applied", weight),
                time);
    }
}
