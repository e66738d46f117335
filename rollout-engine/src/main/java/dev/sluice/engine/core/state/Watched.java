package dev.sluice.engine.core.state;

import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Cut;
import dev.sluice.schemas.message.Observation;
import dev.sluice.schemas.message.Observation.Disagreement;
import dev.sluice.schemas.message.Observation.End;
import dev.sluice.schemas.message.Observation.Move;
import dev.sluice.schemas.message.Observation.Opinion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * A target that another tool decides about, as it is seen and judged.
 *
 * @param most the highest weight that was seen
 * @param until how long somebody's word is waited for which way it ended, as no traffic goes to the canary any more; null while
 *     some does, and before the first
 * @param judged whether an analysis has come to something: one that measured nothing, and goes on all the same, has not
 * @param askAgainAt when appliers are asked again that haven't said yet what their routes carry
 * @param told what is made of it
 */
public record Watched(Weight most, Instant until, boolean judged, Instant askAgainAt, Observation told) {
    /** More than a person reads; of more of them the oldest are left out. */
    private static final int MOST = 20;

    private static final int MOST_WORDS = 1000;

    /** What was sent may be lost, and who was away may be back. */
    private static final Duration ASK_AGAIN = Duration.ofMinutes(5);

    private static final Observation NOTHING = new Observation(Opinion.GO_ON, null, null, null, null, List.of());

    /** Nothing is seen yet. */
    public static Watched asked(Instant at) {
        return new Watched(Weight.ZERO, null, false, at.plus(ASK_AGAIN), NOTHING);
    }

    public Watched askedAgain(Instant at) {
        return new Watched(most, until, judged, at.plus(ASK_AGAIN), told);
    }

    public Opinion opinion() {
        return told.opinion();
    }

    public boolean hadTraffic() {
        return !most.isZero();
    }

    /** Its canary has this weight now. */
    public Watched at(Weight weight) {
        return new Watched(weight.compareTo(most) > 0 ? weight : most, null, judged, askAgainAt, told);
    }

    public Watched awaitingWord(Instant nowUntil) {
        return new Watched(most, nowUntil, judged, askAgainAt, told);
    }

    public Watched thinking(Opinion opinion, String reason, Instant at) {
        return with(new Observation(
                opinion, at, Cut.to(MOST_WORDS, reason), told.ended(), told.agrees(), told.disagreements()));
    }

    public Watched disagreeing(Move other, String reason, Instant at) {
        var all = Stream.concat(
                        told.disagreements().stream(),
                        Stream.of(new Disagreement(at, told.opinion(), other, Cut.to(MOST_WORDS, reason))))
                .toList();
        var kept = all.subList(Math.max(0, all.size() - MOST), all.size());
        return with(new Observation(told.opinion(), told.since(), told.reason(), told.ended(), false, kept));
    }

    public Watched havingJudged() {
        return new Watched(most, until, true, askAgainAt, told);
    }

    /** Who never disagreed has agreed, where it is known to what, and there was anything to have an opinion by. */
    public Watched ended(End end) {
        var isKnown = judged && end != End.UNKNOWN;
        var agrees = told.disagreements().isEmpty() ? (isKnown ? Boolean.TRUE : null) : Boolean.FALSE;
        return new Watched(
                most,
                null,
                judged,
                askAgainAt,
                new Observation(told.opinion(), told.since(), told.reason(), end, agrees, told.disagreements()));
    }

    private Watched with(Observation next) {
        return new Watched(most, until, judged, askAgainAt, next);
    }
}
