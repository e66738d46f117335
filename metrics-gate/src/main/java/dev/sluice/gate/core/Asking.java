package dev.sluice.gate.core;

import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.message.Verdict.Samples;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Selector;
import java.util.List;

/** How one query gets its answer. */
interface Asking {
    /** The series it reads. */
    List<Selector> selectors();

    Reach reach();

    /** Without words: most of what is judged leaves nobody. */
    Outcome outcome(Evidence evidence);

    Answer answer(Evidence evidence);

    /** Whether these events of the canary hold anything that the query is about. */
    boolean hasSamples(View canary);

    /** The selector whose events are the requests that the weights divide; null where the question is about something else. */
    Selector requests();

    /** It measures a number, which a judge holds against the query's rule. */
    record Held(Query query, Measure measure, Judge judge) implements Asking {
        @Override
        public List<Selector> selectors() {
            return measure.selectors(query);
        }

        @Override
        public Reach reach() {
            return judge.reach(query);
        }

        @Override
        public Outcome outcome(Evidence evidence) {
            return switch (measure.measure(query, evidence.of(Side.CANARY))) {
                case Measured.Found found
                when found.samples() >= query.minimumSamples() -> judge.outcome(query, measure, found, evidence);
                case Measured.Found found -> Outcome.INCONCLUSIVE;
                case Measured.Missing missing -> Outcome.INCONCLUSIVE;
            };
        }

        @Override
        public Answer answer(Evidence evidence) {
            var canary = measure.measure(query, evidence.of(Side.CANARY));
            return switch (canary) {
                case Measured.Missing missing ->
                    answer(evidence, canary, inconclusive(query.name() + ": " + missing.reason()));
                case Measured.Found found
                when found.samples() < query.minimumSamples() ->
                    answer(
                            evidence,
                            canary,
                            inconclusive(query.name() + ": " + found.samples() + " of at least "
                                    + query.minimumSamples() + " samples"));
                case Measured.Found found -> answer(evidence, canary, judge.judge(query, measure, found, evidence));
            };
        }

        private static Judge.Finding inconclusive(String words) {
            return new Judge.Finding(Outcome.INCONCLUSIVE, null, words);
        }

        private Answer answer(Evidence evidence, Measured canary, Judge.Finding finding) {
            var stable = measure.measure(query, evidence.of(Side.STABLE));
            return new Answer(
                    finding.outcome(),
                    canary.valueOrNull(),
                    stable.valueOrNull(),
                    new Samples(canary.samples(), stable.samples()),
                    finding.limit(),
                    finding.interval(),
                    finding.evidence(),
                    finding.words(),
                    finding.detectable(),
                    finding.isCritical(),
                    false);
        }

        @Override
        public boolean hasSamples(View canary) {
            return measure.measure(query, canary).samples() > 0;
        }

        @Override
        public Selector requests() {
            return measure.requests(query);
        }
    }

    /** It says itself when it fails. */
    record Checked(Check.Compiled check) implements Asking {
        @Override
        public List<Selector> selectors() {
            return check.selectors();
        }

        @Override
        public Reach reach() {
            return check.reach();
        }

        @Override
        public Outcome outcome(Evidence evidence) {
            return check.answer(evidence).outcome();
        }

        @Override
        public Answer answer(Evidence evidence) {
            return check.answer(evidence);
        }

        @Override
        public boolean hasSamples(View canary) {
            return check.hasSamples(canary);
        }

        @Override
        public Selector requests() {
            return null;
        }
    }
}
