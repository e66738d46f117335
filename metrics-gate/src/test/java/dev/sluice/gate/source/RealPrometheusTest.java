package dev.sluice.gate.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.sandbox.parts.PrometheusPart;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against a Prometheus server, with series that it held already. */
class RealPrometheusTest {
    private static final Instant END = Instant.parse("2026-11-30T10:05:00Z");

    private static PrometheusPart prometheus;
    private static Asked asked;

    @BeforeAll
    static void start() {
        assumeTrue(PrometheusPart.available(), "no Prometheus here: see what the part says");
        var series = new OpenMetrics(END)
                .counter("http_requests_total", "app=\"checkout\",code=\"200\"", 20)
                .counter("http_requests_total", "app=\"checkout\",code=\"500\"", 0.5)
                .counter("http_requests_total", "app=\"it's \\\"quoted\\\"\",code=\"200\"", 1);
        prometheus = PrometheusPart.start(series.text(), List.of());
        asked = Asked.with(Map.of("main.type", "prometheus", "main.url", prometheus.url() + "/"));
    }

    @AfterAll
    static void stop() {
        if (prometheus != null) {
            asked.close();
            prometheus.close();
        }
    }

    @Test
    void givesTheNumberAndItsSamples() {
        // given
        var query = "sum(rate(http_requests_total{app=\"{{application}}\",code=~\"5..\"}[{{interval}}]))"
                + " / sum(rate(http_requests_total{app=\"{{application}}\"}[{{interval}}]))";
        var samples = "sum(increase(http_requests_total{app=\"{{application}}\"}[{{interval}}]))";

        // when
        var answer = ask(new Question(query, samples, from(), END, STEP, Map.of("application", "checkout")));

        // then: 0.5 of 20.5 each second, for 300 s
        assertThat(answer).isInstanceOfSatisfying(Answer.Found.class, found -> {
            assertThat(found.value()).isCloseTo(0.5 / 20.5, within());
            assertThat(found.samples()).isBetween(6140L, 6160L);
        });
    }

    @Test
    void asksAtTheWindowsEnd() {
        // given / when / then
        assertThat(ask("time()")).isEqualTo(new Answer.Found(END.getEpochSecond(), Answer.UNKNOWN));
    }

    @Test
    void findsAValueThatNeedsQuotes() {
        // given
        var question = new Question(
                "sum(http_requests_total{app=\"{{application}}\"}) > bool 0",
                from(),
                END,
                STEP,
                Map.of("application", "it's \"quoted\""));

        // when / then
        assertThat(ask(question)).isEqualTo(new Answer.Found(1, Answer.UNKNOWN));
    }

    @Test
    void tellsNoDataFromZero() {
        // given / when / then
        assertThat(ask("sum(rate(nobody_sent_this[5m]))"))
                .isEqualTo(new Answer.Nothing("main has no data for this query"));
        assertThat(ask("sum(rate(http_requests_total{code=\"200\"}[5m])) * 0"))
                .isEqualTo(new Answer.Found(0, Answer.UNKNOWN));
        var unsampled = new Question("1", "sum(nobody_sent_this)", from(), END, STEP, Map.of());
        assertThat(ask(unsampled)).isEqualTo(new Answer.Found(1, 0));
    }

    @Test
    void givesWhatIsNoNumberAsItIs() {
        // given / when / then
        assertThat(ask("vector(0) / 0")).isEqualTo(new Answer.Found(Double.NaN, Answer.UNKNOWN));
        assertThat(ask("vector(1) / 0")).isEqualTo(new Answer.Found(Double.POSITIVE_INFINITY, Answer.UNKNOWN));
        assertThat(ask("vector(-1) / 0")).isEqualTo(new Answer.Found(Double.NEGATIVE_INFINITY, Answer.UNKNOWN));
    }

    @Test
    void refusesSeveralSeries() {
        // given / when / then
        assertThat(ask("http_requests_total"))
                .isInstanceOfSatisfying(
                        Answer.Several.class,
                        several -> assertThat(several.words())
                                .startsWith("main gives 3 series, such as {\"")
                                .contains("sum them up"));
    }

    @Test
    void refusesWhatIsNotOneNumber() {
        // given / when / then
        assertFails("http_requests_total[1m]", "gives a range of values");
        assertFails("\"a text\"", "gives a text");
        assertFails("sum(rate(", "the server answered 400: bad_data");
        assertFails("http_requests_total{app=\"{{nobody}}\"}", "known are armory.endTimeEpochMillis, ");
    }

    @Test
    void answersAboutWhatIsScrapedNow() {
        // given
        try (var exporter = new FakeServer().says(200, "canary_errors 3\n");
                var live = PrometheusPart.start("", List.of(exporter.url().substring("http://".length())));
                var now = Asked.with(Map.of("main.type", "prometheus", "main.url", live.url()))) {
            // when / then
            await().atMost(Asked.LONG).until(() -> current(now), new Answer.Found(3, Answer.UNKNOWN)::equals);
        }
    }

    private static Answer current(Asked now) {
        var to = Instant.now();
        var question = new Question("sum(canary_errors)", to.minusSeconds(60), to, STEP, Map.of());
        return now.answer("main", question, Asked.LONG);
    }

    private static final Duration STEP = Duration.ofSeconds(60);

    private static Instant from() {
        return END.minusSeconds(300);
    }

    private static Offset<Double> within() {
        return Offset.offset(1e-6);
    }

    private static Answer ask(String query) {
        return ask(new Question(query, from(), END, STEP, Map.of()));
    }

    private static Answer ask(Question question) {
        return asked.answer("main", question, Asked.LONG);
    }

    private static void assertFails(String query, String words) {
        assertThat(ask(query)).isInstanceOfSatisfying(Answer.Failed.class, failed -> {
            assertThat(failed.words()).contains(words);
            assertThat(failed.retryable()).isFalse();
        });
    }
}
