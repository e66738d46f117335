package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code test}: a rollout file judged on invented metrics, with nobody around. */
class TestFileTest {
    private static final Path PAGE = Path.of("../docs/testing-a-file.md");
    private static final Pattern BLOCK = Pattern.compile("(?s)```(?:yaml|text)\n(.*?)```");

    private static final String STEPS =
            "canary: {steps: [{setWeight: {weight: 25}}, {analysis: {interval: 10s, numberOfJudgmentRuns: 3, queries: [%s]}}]}";
    private static final String ERRORS =
            "{name: errors, ratio: {numerator: {metric: orders, labels: {result: failed}}, denominator: {metric: orders}}, %s}";
    private static final String LIMIT =
            ERRORS.formatted("upperLimit: 0.05, minimumSamples: 20, evaluation: continuous");
    private static final String SATURATION =
            "{name: saturation, metricProviderName: prometheus, queryTemplate: up, upperLimit: 0.8}";

    @TempDir
    private Path folder;

    @Test
    void thePagesExampleComesToWhatThePageSays() throws IOException {
        // given
        var blocks = BLOCK.matcher(Files.readString(PAGE))
                .results()
                .map(found -> found.group(1))
                .toList();
        var rollout = Files.writeString(folder.resolve("rollout.yaml"), blocks.get(0));
        // when
        var ran = Shell.plain().given(blocks.get(1)).run("test -f " + rollout + " --metrics -");
        // then
        assertThat(ran.out()).as(ran.err()).isEqualTo(blocks.get(2));
        assertThat(ran.exit()).isEqualTo(4);
    }

    @Test
    void aReleaseWithinItsLimitsWouldBePromoted() throws IOException {
        // when
        var ran = run(STEPS.formatted("errors"), LIMIT, orders("1"));
        // then
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("would be promoted after 31s", "1 to 3", "Pass", "every analysis passed");
    }

    @Test
    void saysHowLongAfterTheCanaryWentBadItWouldBeRolledBack() throws IOException {
        // when
        var ran = run(STEPS.formatted("errors"), LIMIT, orders("{0s: 0, 12s: 40}"), "-o", "json");
        // then
        assertThat(ran.exit()).isEqualTo(4);
        var tried = tried(ran);
        assertThat(tried.path("ending").asText()).isEqualTo("RolledBack");
        // at a quarter of the traffic, 10 of 335 orders have failed after the first second, and 20 of 370 after the
        // next
        assertThat(tried.path("after").asText()).isEqualTo("PT14S");
        assertThat(tried.path("detectedAfter").asText()).isEqualTo("PT2S");
        assertThat(tried.at("/analyses/0/runs").findValuesAsText("outcome")).contains("Fail");
    }

    @Test
    void waitsForAPersonWhereNothingIsMeasured() throws IOException {
        // when
        var ran = run(STEPS.formatted("errors"), LIMIT, "series: [{metric: other, perSecond: 1}]");
        // then
        assertThat(ran.exit()).isEqualTo(7);
        assertThat(ran.out()).contains("would wait for a person", "inconclusive");
    }

    @Test
    void aProvidersAnswersAreTheScenarios() throws IOException {
        // when
        var good = run(STEPS.formatted("saturation"), SATURATION, "answers: {saturation: 0.5}");
        var bad = run(STEPS.formatted("saturation"), SATURATION, "answers: {saturation: {0s: 0.5, 15s: 0.9}}");
        var unsaid = run(STEPS.formatted("saturation"), SATURATION, orders("1"));
        // then
        assertThat(good.exit()).as(good.out()).isZero();
        assertThat(bad.exit()).isEqualTo(4);
        assertThat(unsaid.exit()).isEqualTo(7);
        assertThat(unsaid.out()).contains("say what it would answer below `answers`");
    }

    @Test
    void anAlertTakesTheReleaseBackWhenItFires() throws IOException {
        // given
        var pages = "{name: pages, alert: {labels: {severity: page}}}";
        // when
        var ran = run(STEPS.formatted("pages"), pages, "alerts: [{name: Slow, labels: {severity: page}, from: 2s}]");
        // then
        assertThat(ran.exit()).as(ran.out()).isEqualTo(4);
        assertThat(ran.out()).contains("would be rolled back after 3s", "Slow");
    }

    @Test
    void aCanaryWithoutAWeightIsMeasuredWhereASeriesSaysSo() throws IOException {
        // given
        var blueGreen = "blueGreen: {redirectTrafficAfter: "
                + "[{analysis: {interval: 10s, numberOfJudgmentRuns: 2, queries: [errors]}}]}";
        // when
        var shared = run(blueGreen, LIMIT, orders("1"));
        var previewed = run(blueGreen, LIMIT, orders("1").replace("}}", "}, atAnyWeight: true}"));
        // then
        assertThat(shared.exit()).as(shared.out() + shared.err()).isEqualTo(7);
        assertThat(previewed.exit()).as(previewed.out() + previewed.err()).isZero();
    }

    @Test
    void theReleaseBeforeIsThereToBeComparedWith() throws IOException {
        // given
        var compared = ERRORS.formatted("compare: {judge: relative, baseline: previous, upperRatio: 2}");
        // when
        var same = run(STEPS.formatted("errors"), compared, orders("1"));
        var worse = run(STEPS.formatted("errors"), compared, orders("8"));
        // then
        assertThat(same.exit()).as(same.out()).isZero();
        assertThat(worse.exit()).as(worse.out()).isEqualTo(4);
    }

    @Test
    void whatComesInWhileAWeightSettlesIsLeftOut() throws IOException {
        // given
        var coldAtFirst = orders("{0s: 40, 10s: 0}");
        // when
        var settled = run(STEPS.formatted("errors"), LIMIT.replace("}, up", "}, settle: 15s, up"), coldAtFirst);
        var atOnce = run(STEPS.formatted("errors"), LIMIT, coldAtFirst);
        // then
        assertThat(settled.exit()).as(settled.out()).isZero();
        assertThat(atOnce.exit()).isEqualTo(4);
    }

    @Test
    void theStepsEndOnceTheAnalysisBesideThemHasAVerdict() throws IOException {
        // when
        var ran = run(
                "canary: {steps: [{setWeight: {weight: 25}}], analysis: {interval: 10s, queries: [errors]}}",
                LIMIT,
                orders("1"));
        // then
        assertThat(ran.exit()).as(ran.out()).isZero();
        assertThat(ran.out()).contains("would be promoted after 11s", "background", "the steps are done");
    }

    @Test
    void saysWhereNothingWasMeasuredAndTheFileGoesOn() throws IOException {
        // when
        var ran = run(
                STEPS.formatted("errors").replace("interval: 10s,", "interval: 10s, onInconclusive: continue,"),
                LIMIT,
                "answers: {other: 1}");
        // then
        assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
        assertThat(ran.out()).contains("nothing was measured either by step-2");
    }

    @Test
    void ofSeveralTargetsEachIsTried() throws IOException {
        // given
        var rollout = rollout(STEPS.formatted("errors"), LIMIT);
        var several = Files.writeString(
                rollout,
                Files.readString(rollout)
                        .replace(
                                "targets:",
                                "targets:\n  eu: {cluster: eu, namespace: shop, strategy: tried, constraints: {afterDeployment: "
                                        + "[{analysis: {interval: 10s, queries: [errors]}}]}}"));
        var shell = Shell.plain().given(orders("{0s: 0, 35s: 90}"));
        // when
        var both = shell.run("test --metrics - -o json -f " + several);
        var one = shell.run("test --metrics - -o json -f " + several + " --targets prod");
        // then
        assertThat(both.exit()).as(both.err()).isEqualTo(4);
        assertThat(Read.json(both.out()).findValuesAsText("ending"))
                .containsExactly("AfterDeploymentFailed", "Promoted");
        assertThat(one.exit()).isZero();
    }

    @Test
    void whatIsWrongWithTheMetricsIsSaidAllAtOnce() throws IOException {
        // when
        var ran = run(
                STEPS.formatted("errors"),
                LIMIT,
                "series: [{metrics: orders, perSecond: {0s: fast, soon: -1}, labels: code}]\nalert: []");
        // then
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .contains(
                        "/series/0/metrics: is no key of this file",
                        "/series/0/metric: must be a name",
                        "/series/0/perSecond/0s: must be a number",
                        "/series/0/perSecond/soon: 'soon' is no duration",
                        "/series/0/perSecond/soon: must be from 0 to",
                        "/series/0/labels: must have names and values",
                        "/alert: is no key of this file");
    }

    @Test
    void aRolloutFileThatIsNotValidIsNotTested() {
        // when
        var ran =
                Shell.plain().given("version: v1\napplication: shop/checkout\n").run("test -f - --metrics /no/file");
        // then
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("/targets");
    }

    @Test
    void aReleaseOfDaysIsNotTested() throws IOException {
        // when
        var ran =
                run("canary: {steps: [{setWeight: {weight: 25}}, {pause: {duration: 25h}}]}", LIMIT, "answers: {a: 1}");
        // then
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("takes more than 24 hours: shorten its pauses");
    }

    /** @param failed of the canary, beside a hundred that don't, a second */
    private static String orders(String failed) {
        return """
                series:
                  - {metric: orders, labels: {result: ok}, perSecond: {stable: 100, canary: 100}}
                  - {metric: orders, labels: {result: failed}, perSecond: {stable: 1, canary: %s}}
                """.formatted(failed);
    }

    private Shell.Ran run(String strategy, String query, String metrics, String... more) throws IOException {
        var words = List.of("test", "-f", rollout(strategy, query).toString(), "--metrics", "-");
        return Shell.plain()
                .given(metrics)
                .run(Stream.concat(words.stream(), List.of(more).stream()).toList());
    }

    private Path rollout(String strategy, String query) throws IOException {
        return Files.writeString(folder.resolve("rollout.yaml"), """
                version: v1
                application: shop/checkout
                targets:
                  prod: {cluster: prod, namespace: shop, strategy: tried}
                strategies:
                  tried: {%s}
                analysis:
                  queries:
                    - %s
                trafficManagement:
                  - smi: [{rootServiceName: shop, activeServiceName: a, canaryServiceName: b}]
                """.formatted(strategy, query));
    }

    private static JsonNode tried(Shell.Ran ran) {
        return Read.json(ran.out()).path(0);
    }
}
