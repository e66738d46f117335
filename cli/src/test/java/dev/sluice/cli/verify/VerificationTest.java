package dev.sluice.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.Status;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.message.WeightReport;
import dev.sluice.schemas.wire.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Each promise is seen to be broken by what breaks it, and by nothing else. */
class VerificationTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant LATER = NOON.plusSeconds(600);

    private final Verification verification = new Verification();

    @Test
    void aRolloutThatGoesBackAsItShouldKeepsAllOfThem() {
        // when
        verification.decided(decision("a/1", "Ordered", "report", "x", 10));
        verification.decided(decision("a/2", "RollbackBegan", "abort", "c1", 10));
        verification.decided(decision("a/3", "Ordered", "abort", "c1", 0));
        verification.decided(decision("a/3", "Ordered", "abort", "c1", 0));
        verification.ordered(order(1, 1, 10), NOON);
        verification.ordered(order(1, 2, 0), NOON);
        verification.ordered(order(1, 1, 10), NOON);
        verification.reported(report(1, 2));
        verification.shown(status(1));
        verification.shown(status(2));
        // then
        assertThat(verification.results(LATER))
                .allMatch(result -> result.broken().isEmpty());
    }

    @Test
    @DisplayName("B01: a raise after an abort is found")
    void findsARaiseAfterAnAbort() {
        // when
        verification.decided(decision("a/1", "RollbackBegan", "abort", "c1", 10));
        verification.decided(decision("a/2", "Ordered", "report", "x", 20));
        // then
        assertThat(broken()).containsExactly("B01");
    }

    @Test
    @DisplayName("B04: a command that works twice is found")
    void findsACommandThatWorksTwice() {
        // when
        verification.decided(decision("a/1", "Paused", "pause", "c1", 10));
        verification.decided(at(NOON.plusSeconds(5), decision("a/2", "Ignored", "pause", "c1", 10)));
        verification.decided(at(NOON.plusSeconds(9), decision("a/3", "Paused", "pause", "c1", 10)));
        // then
        assertThat(broken()).containsExactly("B04");
    }

    @Test
    @DisplayName("B06: a verdict that counts twice is found")
    void findsAVerdictThatCountsTwice() {
        // when
        verification.decided(decision("a/1", "RunJudged", "verdict", "v1", 10));
        verification.decided(decision("a/2", "RunJudged", "verdict", "v1", 10));
        // then
        assertThat(broken()).containsExactly("B06");
    }

    @Test
    @DisplayName("B06: an old status in the place of a newer one is found")
    void findsAStatusThatGoesBack() {
        // when
        verification.shown(status(2));
        verification.shown(status(1));
        // then
        assertThat(broken()).containsExactly("B06");
    }

    @Test
    @DisplayName("B09: a fence that goes back, or means two things, is found")
    void findsAFenceThatGoesBack() {
        // when
        verification.ordered(order(1, 5, 10), NOON);
        verification.ordered(order(1, 4, 20), NOON);
        verification.ordered(order(1, 5, 30), NOON);
        verification.reported(report(1, 5));
        // then
        assertThat(broken()).containsExactly("B09");
        assertThat(verification.results(LATER).stream().flatMap(result -> result.broken().stream()))
                .hasSize(2);
    }

    @Test
    @DisplayName("B34: a second generation is found, unless the fence was raised")
    void findsASecondGeneration() {
        // when
        verification.ordered(order(1, 1, 10), NOON);
        verification.ordered(order(2, 1, 10), NOON);
        verification.reported(report(2, 1));
        var raised = new Verification();
        raised.decided(decision("a/1", "FenceRaised", "report", "x", 10));
        raised.ordered(order(1, 1, 10), NOON);
        raised.ordered(order(2, 1, 10), NOON);
        raised.reported(report(2, 1));
        // then
        assertThat(broken()).containsExactly("B34");
        assertThat(raised.results(LATER)).allMatch(result -> result.broken().isEmpty());
    }

    @Test
    @DisplayName("B48: an order that nobody answers is found once its time is over")
    void findsAnOrderWithoutAnAnswer() {
        // when
        verification.ordered(order(1, 1, 10), NOON);
        // then
        assertThat(verification.results(NOON.plusSeconds(10)))
                .allMatch(result -> result.broken().isEmpty());
        assertThat(broken()).containsExactly("B48");
    }

    private List<String> broken() {
        return verification.results(LATER).stream()
                .filter(result -> !result.broken().isEmpty())
                .map(Verification.Result::promise)
                .toList();
    }

    private static Audit decision(String id, String name, String type, String event, int weight) {
        var led = new Audit.EventRef(type, event, null);
        return new Audit(
                id, name, "shop/a", "prod", "r1", led, "alice", "why", List.of(), null, Map.of("weight", weight), NOON);
    }

    private static Audit at(Instant time, Audit of) {
        return new Audit(
                of.id(),
                of.decision(),
                of.application(),
                of.target(),
                of.rollout(),
                of.event(),
                of.actor(),
                of.reason(),
                of.errors(),
                of.before(),
                of.after(),
                time);
    }

    private static WeightOrder order(long generation, long sequence, int weight) {
        return read(fenced(generation, sequence).put("weight", weight), WeightOrder.class);
    }

    private static WeightReport report(long generation, long sequence) {
        return read(fenced(generation, sequence).put("outcome", "applied"), WeightReport.class);
    }

    private static Status status(long version) {
        return read(fenced(1, 1).put("version", version), Status.class);
    }

    private static ObjectNode fenced(long generation, long sequence) {
        return Json.mapper()
                .createObjectNode()
                .put("rollout", "r1")
                .put("application", "shop/a")
                .put("target", "prod")
                .put("route", "prod/shop/trafficsplits.split.smi-spec.io/a")
                .put("generation", generation)
                .put("sequence", sequence);
    }

    private static <T> T read(ObjectNode json, Class<T> type) {
        return Json.mapper().convertValue(json, type);
    }
}
