package dev.sluice.gate.judge;

import dev.sluice.gate.core.Evidence;
import dev.sluice.gate.core.Judge;
import dev.sluice.gate.core.Measure;
import dev.sluice.gate.core.Measured;
import dev.sluice.gate.core.Reach;
import dev.sluice.gate.core.Side;
import dev.sluice.gate.core.Window;
import dev.sluice.gate.statistics.BurnRate;
import dev.sluice.gate.statistics.Counts;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Rule;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.stream.Stream;

/**
 * {@code burn-rate}: fails where the canary spends the error budget of an objective faster than a factor allows, over a long and a
 * short window at once. Both end with the run and may begin before it.
 */
@Singleton
public class BurnRateJudge implements Judge {
    @Override
    public boolean takes(Query query) {
        return query.rule() instanceof Rule.BurnRate;
    }

    @Override
    public Reach reach(Query query) {
        return Reach.back(rule(query).windows().stream()
                .flatMap(pair -> Stream.of(pair.lengthy(), pair.brief()))
                .distinct()
                .toList());
    }

    @Override
    public String obstacle(Query query, Measure measure) {
        return measure.isShare() ? null : "burn-rate takes a ratio or over, not " + measure.word();
    }

    @Override
    public Finding judge(Query query, Measure measure, Measured.Found canary, Evidence evidence) {
        var burnRate = new BurnRate(rule(query).objective());
        var said = new ArrayList<String>();
        var fails = false;
        Verdict.Evidence worst = null;
        for (var pair : rule(query).windows()) {
            var lengthy = counts(query, measure, evidence, pair.lengthy());
            var brief = counts(query, measure, evidence, pair.brief());
            var slower = Math.min(burnRate.of(lengthy), burnRate.of(brief));
            fails |= burnRate.isTooFast(lengthy, brief, pair.factor());
            if (!Double.isNaN(slower)) {
                said.add(Numbers.rounded(burnRate.of(lengthy)) + " times over " + Numbers.length(pair.lengthy())
                        + " and "
                        + Numbers.rounded(burnRate.of(brief)) + " times over " + Numbers.length(pair.brief())
                        + ", limit "
                        + Numbers.plain(pair.factor()));
                worst = worst == null || slower / pair.factor() > worst.against() / worst.bar()
                        ? new Verdict.Evidence(slower, pair.factor())
                        : worst;
            }
        }
        if (worst == null) {
            return new Finding(Outcome.INCONCLUSIVE, null, query.name() + ": no requests in any of the windows");
        }
        return new Finding(
                fails ? Outcome.FAIL : canary.atLeast() ? Outcome.INCONCLUSIVE : Outcome.PASS,
                "objective " + Numbers.plain(rule(query).objective()),
                null,
                worst,
                measure.describe(query, canary) + ", which spends the budget " + String.join("; ", said));
    }

    private static Counts counts(Query query, Measure measure, Evidence evidence, Duration length) {
        var end = evidence.window().endMillis();
        // what another release's canary spent before is not this one's
        var begun = evidence.before().endMillis();
        var window = new Window(
                Math.max(begun, end - length.toMillis()), end, evidence.window().over());
        var share = measure.share(query, evidence.of(Side.CANARY, window));
        return share == null ? Counts.NONE : new Counts(share.whole(), share.part());
    }

    private static Rule.BurnRate rule(Query query) {
        return (Rule.BurnRate) query.rule();
    }
}
