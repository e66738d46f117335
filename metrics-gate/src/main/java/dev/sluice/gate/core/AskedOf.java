package dev.sluice.gate.core;

import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.message.Verdict.Samples;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Selector;
import java.util.List;

/** A metric provider is asked for the number, once a run is over. It has no sides, and rests on no events of ours. */
record AskedOf(Query query, Measure measure, Judge judge) implements Asking {
    @Override
    public List<Selector> selectors() {
        return List.of();
    }

    @Override
    public Reach reach() {
        return Reach.NONE;
    }

    @Override
    public Outcome outcome(Evidence evidence) {
        return answer(evidence).outcome();
    }

    @Override
    public Answer answer(Evidence evidence) {
        return switch (evidence.pulled()) {
            case null -> Answer.of(Outcome.INCONCLUSIVE, query.name() + ": its provider has not answered");
            case Pulled.Failed(var words) -> Answer.of(Outcome.ERROR, query.name() + ": " + words);
            case Pulled.Nothing(var words) -> Answer.of(Outcome.INCONCLUSIVE, query.name() + ": " + words);
            case Pulled.Found(var value, var samples)
            when !Double.isFinite(value) ->
                Answer.of(Outcome.INCONCLUSIVE, query.name() + ": the provider's number is not finite: " + value);
            case Pulled.Found(var value, var samples)
            when (samples < 0 ? 1 : samples) < query.minimumSamples() ->
                Answer.of(
                        Outcome.INCONCLUSIVE,
                        query.name() + ": "
                                + (samples < 0
                                        ? "its provider doesn't say how many samples there were"
                                        : samples + " of at least " + query.minimumSamples() + " samples"));
            case Pulled.Found(var value, var samples) ->
                judged(evidence, new Measured.Found(value, Math.max(0, samples), false));
        };
    }

    private Answer judged(Evidence evidence, Measured.Found found) {
        var finding = judge.judge(query, measure, found, evidence);
        return new Answer(
                finding.outcome(),
                found.value(),
                null,
                new Samples(found.samples(), 0),
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
        return true;
    }

    @Override
    public Selector requests() {
        return null;
    }
}
