package dev.sluice.applier.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.applier.TestOrder;
import dev.sluice.applier.core.Placement;
import dev.sluice.applier.mesh.Document;
import dev.sluice.applier.mesh.Plan;
import dev.sluice.applier.mesh.Write;
import dev.sluice.applier.preflight.Tried.Refusal;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Finding;
import dev.sluice.schemas.message.Finding.Code;
import dev.sluice.schemas.message.Finding.Severity;
import dev.sluice.schemas.rollout.Match;
import dev.sluice.schemas.rollout.mesh.MeshEntries;
import dev.sluice.schemas.wire.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TriedTest {
    private static final Look LOOK = Look.atBegin();

    /** A raise, as it comes back from the API server. */
    private static List<Finding> stored(UnaryOperator<Document> webhook) {
        var seen = LOOK.seen();
        var raise = raise(seen);
        var created = (Write.Create) Plan.of(seen.mesh(), seen.objects(), raise).getFirst();
        var after = seen.objects()
                .with(created.ref(), webhook.apply(created.document().copy()));
        return new Tried(raise, after, Optional.empty()).findings(seen);
    }

    private static List<Finding> refused(Look look, int code, String words) {
        var seen = look.seen();
        return new Tried(raise(seen), seen.objects(), Optional.of(new Refusal(code, words))).findings(seen);
    }

    private static Placement raise(Seen seen) {
        return Rehearsal.of(seen).placements().getLast();
    }

    @Test
    void saysNothingOfAWriteThatIsTaken() {
        assertThat(stored(document -> document)).isEmpty();
    }

    @Test
    @DisplayName("B18 where replicas are the weight, a first write that only marks is no changed one")
    void waitsForNoScaling() {
        // given
        var seen = Look.atReplicas(TestOrder.begins()).seen();
        var raise = raise(seen);
        var after = seen.objects();
        for (var write : Plan.of(seen.mesh(), seen.objects(), raise)) {
            after = after.with(write.ref(), ((Write.Update) write).document());
        }

        // then
        assertThat(raise.weight()).isEqualTo(Weight.FULL);
        assertThat(new Tried(raise, after, Optional.empty()).findings(seen)).isEmpty();
    }

    @Test
    @DisplayName("B40 a webhook that changes what is written is found before it does")
    void tellsWhatAWebhookChanges() {
        assertThat(stored(document -> {
                    document.list("spec", "backends").getFirst().content().put("weight", 50);
                    return document;
                }))
                .singleElement()
                .returns(Code.WRITE_CHANGED, Finding::code)
                .returns(Severity.ERROR, Finding::severity);
        assertThat(stored(document -> {
                    var metadata = new LinkedHashMap<>(Map.<String, Object>of("name", "checkout"));
                    document.content().put("metadata", metadata);
                    return document;
                }))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("fence annotation"));
    }

    @Test
    @DisplayName("B40 so is one that takes the matches out of a split")
    void tellsWhatAWebhookTakesOut() {
        // given
        var entry = Map.of("rootServiceName", "checkout", "httpRouteGroup", Map.of("name", "ab", "headers", "list"));
        var named = MeshEntries.named("smi")
                .flatMap(smi -> smi.read(Json.mapper().valueToTree(entry)))
                .orElseThrow();
        var match = new Match(List.of(new Match.Condition("x-beta", "1", null, null)), null, null, null, null, null);
        var seen = Look.at(
                        TestOrder.begins().through("smi", named).weighing("0").matching(match))
                .seen();
        var placement = Rehearsal.of(seen).placements().getFirst();
        var after = seen.objects();
        for (var write : Plan.of(seen.mesh(), seen.objects(), placement)) {
            after = after.with(write.ref(), ((Write.Create) write).document());
        }
        var stripped = after.main().copy();
        ((Map<?, ?>) stripped.at("spec")).remove("matches");

        // then
        assertThat(new Tried(placement, after, Optional.empty()).findings(seen)).isEmpty();
        assertThat(new Tried(placement, after.with(after.mainRef(), stripped), Optional.empty()).findings(seen))
                .singleElement()
                .returns(Code.WRITE_CHANGED, Finding::code);
    }

    @ParameterizedTest
    @CsvSource({
        "422, is invalid, ERROR, WRITE_REFUSED",
        "400, bad, ERROR, WRITE_REFUSED",
        "403, admission webhook x denied the request, ERROR, WRITE_REFUSED",
        "500, failed calling webhook x, ERROR, WRITE_REFUSED",
        "403, cannot create resource, ERROR, RIGHT_MISSING",
        "400, webhook x does not support dry run, WARNING, NOT_LOOKED_AT",
        "409, changed, WARNING, NOT_LOOKED_AT",
        "429, too much, WARNING, NOT_LOOKED_AT",
        "503, away, WARNING, NOT_LOOKED_AT",
        "0, nobody, WARNING, NOT_LOOKED_AT"
    })
    void tellsARefusalFromSilence(int answer, String words, Severity severity, Code code) {
        assertThat(refused(LOOK, answer, words))
                .singleElement()
                .returns(severity, Finding::severity)
                .returns(code, Finding::code);
    }

    @Test
    @DisplayName("B49 a right that is missing is said once")
    void saysAMissingRightOnce() {
        assertThat(refused(Look.atBegin().denied("split.smi-spec.io", "trafficsplits", "create"), 403, "cannot create"))
                .isEmpty();
    }
}
