package dev.sluice.gate.judge;

import dev.sluice.gate.core.Answer;
import dev.sluice.gate.core.Check;
import dev.sluice.gate.core.Evidence;
import dev.sluice.gate.core.LabelPatterns;
import dev.sluice.gate.core.Measured;
import dev.sluice.gate.core.Reach;
import dev.sluice.gate.core.Side;
import dev.sluice.gate.core.View;
import dev.sluice.gate.core.Window;
import dev.sluice.gate.statistics.Counts;
import dev.sluice.gate.statistics.Novelty;
import dev.sluice.gate.statistics.Novelty.Sighting;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.message.Verdict.Samples;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Question;
import dev.sluice.schemas.rollout.Selector;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/**
 * {@code novel}: fails on a value of a label that only the canary shows, more often than chance would have it. What the stable side
 * showed before the rollout is not new. Judged when the window is over.
 */
@Singleton
public class NovelCheck implements Check {
    @Override
    public String word() {
        return "novel";
    }

    @Override
    public boolean isAskedBy(Query query) {
        return query.asks() instanceof Question.Novel;
    }

    @Override
    public Compiled compile(Query query, LabelPatterns patterns) {
        return new Asked(query, (Question.Novel) query.asks());
    }

    private record Asked(Query query, Question.Novel asked) implements Compiled {
        @Override
        public List<Selector> selectors() {
            return List.of(asked.of(), asked.outOf());
        }

        @Override
        public Reach reach() {
            return Reach.before(true);
        }

        @Override
        public boolean hasSamples(View canary) {
            return events(canary, asked.outOf()) > 0;
        }

        @Override
        public Answer answer(Evidence evidence) {
            if (!evidence.window().over()) {
                return Answer.of(Outcome.INCONCLUSIVE, query.name() + ": its run is not over");
            }
            var canary = evidence.of(Side.CANARY);
            var stable = evidence.of(Side.STABLE);
            var requests = events(canary, asked.outOf());
            var beside = events(stable, asked.outOf());
            var samples = new Samples(Measured.wholeSamples(requests), Measured.wholeSamples(beside));
            if (requests == 0 || beside == 0) {
                var missing = requests == 0 ? canary : stable;
                return answer(
                        Outcome.INCONCLUSIVE, samples, null, query.name() + ": " + missing.whyMissing(asked.outOf()));
            }
            if (samples.canary() < query.minimumSamples()) {
                return answer(
                        Outcome.INCONCLUSIVE,
                        samples,
                        null,
                        query.name() + ": " + samples.canary() + " of at least " + query.minimumSamples() + " samples");
            }
            if (canary.hasGap(asked.of()) || stable.hasGap(asked.of())) {
                return answer(Outcome.INCONCLUSIVE, samples, null, query.name() + ": " + canary.whyMissing(asked.of()));
            }
            return answer(evidence, samples, requests, beside);
        }

        private Answer answer(Evidence evidence, Samples samples, double requests, double beside) {
            var shown = byLabel(evidence, Side.CANARY, evidence.window());
            var byStable = byLabel(evidence, Side.STABLE, evidence.window());
            var old = byLabel(evidence, Side.STABLE, evidence.before());
            var sightings = shown.entrySet().stream()
                    .map(value -> new Sighting(
                            value.getKey(),
                            value.getValue(),
                            byStable.getOrDefault(value.getKey(), 0.0),
                            old.containsKey(value.getKey())))
                    .toList();
            var bunches =
                    Bunches.before(evidence, view -> new Counts(events(view, asked.outOf()), events(view, asked.of())));
            return Novelty.find(sightings, requests, beside, bunches.factor(), asked.falseAlarms())
                    .map(found -> answer(
                            Outcome.FAIL,
                            samples,
                            new Verdict.Evidence(
                                    Math.min(1e300, StrictMath.exp(found.logE())), StrictMath.exp(found.bar())),
                            asked.label() + "=" + found.value() + " is the canary's alone: "
                                    + Numbers.rounded(found.canary()) + " of "
                                    + asked.of().metric() + " in "
                                    + Numbers.counted(samples.canary()) + " requests, none in the stable side's "
                                    + Numbers.counted(samples.stable())))
                    .orElseGet(() -> answer(
                            Outcome.PASS,
                            samples,
                            null,
                            "no " + asked.label() + " of " + asked.of().metric() + " is the canary's alone, of "
                                    + shown.size() + " that it showed in " + Numbers.counted(samples.canary())
                                    + " requests"));
        }

        private Map<String, Double> byLabel(Evidence evidence, Side side, Window window) {
            return evidence.byLabel(side, window, asked.of(), asked.label());
        }

        private static double events(View view, Selector selector) {
            var total = view.total(selector);
            return total == null ? 0 : total.events();
        }

        private static Answer answer(Outcome outcome, Samples samples, Verdict.Evidence evidence, String words) {
            return new Answer(outcome, samples, evidence, words);
        }
    }
}
