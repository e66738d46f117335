package dev.sluice.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.output.Colours;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.RolloutFileReader;
import dev.sluice.schemas.rollout.RolloutFileReader.Overrides;
import dev.sluice.schemas.rollout.RolloutFileReader.Read;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page's file on five rollouts of the day before, of which one was bad. */
class ReplayPageTest {
    private static final Path PAGE = Path.of("../docs/testing-a-file.md");
    private static final Pattern BLOCK = Pattern.compile("(?s)```(?:yaml|text)\n(.*?)```");
    private static final Instant MORNING = Instant.parse("2026-11-20T08:00:00Z");
    private static final int HOUR = 3600;
    private static final int TAKES = 430;

    private final InventedLog log = new InventedLog();

    @Test
    void thePagesExampleComesToWhatThePageSays() throws Exception {
        // given
        var page = Files.readString(PAGE);
        var file = blocks(page).getFirst();
        var said = blocks(page.substring(page.indexOf("sluice replay"))).getFirst();
        var plan = ((Read.Valid) new RolloutFileReader().read(file, Overrides.NONE)).plan();
        var past = new PastRollouts(plan.application());
        var verdicts = new ArrayList<Verdict>();
        // when
        rollout("r-140", 0, "1.4.0", 0.3).promoted(TAKES).decisions().forEach(past::decided);
        var bad = rollout("r-141", 1, "1.4.1", 3);
        bad.rolledBack(250, "verdict", "r-141/prod/background/1/5").decisions().forEach(past::decided);
        verdicts.add(bad.verdict(Outcome.FAIL, "error-rate", 250));
        rollout("r-142", 2, "1.4.2", 0.4)
                .rolledBack(300, "abort", "c1")
                .assessed("wrong")
                .decisions()
                .forEach(past::decided);
        rollout("r-143", 3, "1.4.3", 0.3)
                .rolledBack(300, "abort", "c2")
                .decisions()
                .forEach(past::decided);
        rollout("r-144", 4, "1.4.4", 0.3).promoted(TAKES).decisions().forEach(past::decided);
        var failures = new FirstFailures(past.over());
        verdicts.forEach(failures::reached);
        var comparison = Comparison.of(plan.application(), past, past.over(), new Replay(plan, log, failures));
        // then
        assertThat(new ComparisonPage(new Colours(false)).of(comparison)).isEqualTo(said);
    }

    private static List<String> blocks(String page) {
        return BLOCK.matcher(page).results().map(found -> found.group(1)).toList();
    }

    /** Of a hundred requests a second so many fail on the canary, had it all of them. */
    private Recording rollout(String id, int hour, String revision, double failing) {
        var begun = MORNING.plusSeconds((long) hour * HOUR);
        var canary = new Failing(failing);
        var stable = new Failing(0.3);
        for (int second = 0; second < TAKES; second++) {
            var share = second < 125 ? 0.1 : 0.5;
            send(begun.plusSeconds(second), "canary", 100 * share, canary.next(share));
            send(begun.plusSeconds(second), "stable", 100 * (1 - share), stable.next(1 - share));
        }
        return new Recording(id, begun)
                .began(revision, "1.3.9")
                .carries(1, 10)
                .carries(125, 50)
                .carries(429, 100);
    }

    private void send(Instant time, String side, double requests, int failed) {
        var at = time.plusMillis(500);
        log.count(at, side, "200", requests - failed);
        log.count(at, side, "503", failed);
        for (int sample = 0; sample < 2; sample++) {
            log.metric(
                    at,
                    InventedLog.event("\"variant\":\"" + side + "\"", "200", 0)
                            .replace("http_requests", "http_latency_ms")
                            .replace("\"count\":0.0", "\"value\":120"));
        }
    }

    /** Whole requests alone. */
    private static final class Failing {
        private final double perSecond;
        private double due;

        Failing(double perSecond) {
            this.perSecond = perSecond;
        }

        int next(double share) {
            due += perSecond * share;
            var whole = (int) Math.floor(due + 1e-9);
            due -= whole;
            return whole;
        }
    }
}
