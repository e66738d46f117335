package dev.sluice.engine.core.rule;

import static dev.sluice.engine.core.rule.Draft.why;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.rule.step.Observing;
import dev.sluice.engine.core.state.RouteRun;
import dev.sluice.engine.core.state.Stage;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.engine.core.state.Watched;
import dev.sluice.engine.core.state.Why;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Observation.End;
import dev.sluice.schemas.message.Observation.Move;
import dev.sluice.schemas.message.Observation.Opinion;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.message.WeightReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * Another tool decides ({@code mode: observe}): what it does is watched, and where Sluice would have done otherwise it says so.
 * Nothing is ever ordered. What it is thought of the release is {@link Opinions}'s.
 */
public final class Observations {
    /** A tool that tells once it has tidied up does so a round of its own after the traffic is gone. */
    private static final Duration FOR_A_WORD = Duration.ofMinutes(10);

    /** As long as somebody may need to give a right back, or a cluster to be reached again. */
    private static final Duration UNSEEN = Duration.ofMinutes(30);

    private Observations() {}

    /** Every target at once, whatever it depends on: its turn is the other tool's to say. */
    static void begin(Draft d, TargetRun run) {
        var routes = run.plan().routes().stream()
                .map(route -> RouteRun.of(route, route.active()))
                .toList();
        var known = routes.stream()
                .mapToLong(route -> d.state().route(route.identity()).generation())
                .max()
                .orElse(0);
        var generation = Math.max(known + 1, d.at().toEpochMilli());
        var why = why(
                ReasonCode.BEGINNING,
                "only observed: another tool decides, and nothing is written; waits for the first traffic on "
                        + routes.getFirst().canary());
        d.decide(new Decision.ObservationBegan(run.name(), why, d.at(), generation, routes));
    }

    /** What an applier sees of a route that it only looks at. */
    static void take(Draft d, WeightReport report) {
        var watching = d.runs().stream()
                .filter(run -> run.stage() instanceof Stage.Observing
                        && run.traffic().has(report.route())
                        && run.traffic().generation() == report.generation()
                        && report.observed() != null)
                .findFirst();
        if (watching.isEmpty()) {
            d.ignore(report.target(), "nobody observes route " + report.route() + " in that generation");
            return;
        }
        var run = watching.get();
        var route = run.traffic().find(report.route());
        if (route.heardAt() != null
                && !route.heardAt().isAfter(d.at()) // a clock that ran ahead once says nothing about what came since
                && report.time().isBefore(route.heardAt())) {
            d.ignore(run.name(), "of route " + report.route() + " something later was seen already");
        } else if (isSeenSo(route, report)) {
            d.ignore(run.name(), "route " + report.route() + " was seen so already");
        } else {
            seen(d, run, route, report);
        }
    }

    private static boolean isSeenSo(RouteRun route, WeightReport report) {
        var weight = report.observed().weight();
        return route.heardAt() != null
                && route.absent() == report.absent()
                && Objects.equals(route.answered(), report.reason())
                && (weight == null || weight.equals(route.applied()));
    }

    private static void seen(Draft d, TargetRun run, RouteRun route, WeightReport report) {
        var before = orZero(run.traffic().applied());
        var now = orZero(run.traffic().observing(report).applied());
        var mostBefore = run.watched().most();
        var watched = run.watched();
        var weight = report.observed().weight();
        if (weight == null) {
            watched = isSeenElsewhere(run, route) ? watched : unseen(watched, d.at());
        } else if (!weight.isZero()) {
            watched = watched.at(now);
        } else if (now.isZero() && !before.isZero()) {
            watched = watched.awaitingWord(d.at().plus(FOR_A_WORD));
        }
        var words = words(
                route,
                report,
                watched.until() == null
                        ? ""
                        : "; waits until " + watched.until() + " for a word ('promote' or 'abort') which way it ended");
        d.decide(new Decision.Observed(run.name(), why(ReasonCode.WEIGHT_APPLIED, words), d.at(), report, watched));
        if (now.compareTo(mostBefore) > 0) { // what only comes back is no step further
            Opinions.raised(d, run.name(), now);
        }
    }

    /** Another route of the target shows how far the canary is. */
    private static boolean isSeenElsewhere(TargetRun run, RouteRun unseen) {
        return run.traffic().routes().stream()
                .filter(route -> !route.identity().equals(unseen.identity()))
                .anyMatch(route -> !orZero(route.applied()).isZero());
    }

    /** What was seen last isn't believed for ever. */
    private static Watched unseen(Watched watched, Instant at) {
        return watched.hadTraffic() && watched.until() == null ? watched.awaitingWord(at.plus(UNSEEN)) : watched;
    }

    private static String words(RouteRun route, WeightReport report, String then) {
        if (report.absent()) {
            return "the object of " + route.identity() + " isn't there: no traffic goes to " + route.canary() + " by it"
                    + then;
        }
        var weight = report.observed().weight();
        if (weight == null) {
            return "what " + route.identity() + " carries can't be seen: " + report.reason() + then;
        }
        var who = report.actor() == null ? "" : ", set by " + report.actor();
        var flaw = report.reason() == null ? "" : " (" + report.reason() + ")";
        return "seen: " + weight + " % to " + route.canary() + who + flaw + (weight.isZero() ? then : "");
    }

    private static Weight orZero(Weight seen) {
        return seen == null ? Weight.ZERO : seen;
    }

    static void goOn(Draft d, TargetRun run, Stage.Observing stage) {
        var until = run.watched().until();
        if (until != null && !d.at().isBefore(until)) {
            endAsSeen(d, run, ReasonCode.ENDING, "");
            return;
        }
        var askAgainAt = run.askAgainAt();
        if (askAgainAt != null && !d.at().isBefore(askAgainAt)) {
            askAgain(d, run);
            return;
        }
        var weight = orZero(run.traffic().applied());
        if (!weight.isZero()) {
            Observing.follow(d, run, stage, weight);
            return;
        }
        if (stage.step() != 0) {
            Opinions.conclude(d, run);
            Verdicts.stopAll(d, run.name(), "no traffic goes to the canary");
            var why = d.run(run.name()).position().why();
            d.decide(new Decision.StepEntered(run.name(), why, d.at(), new Stage.Observing(0, false)));
        }
    }

    private static void askAgain(Draft d, TargetRun run) {
        var silent = run.traffic().routes().stream()
                .filter(route -> route.heardAt() == null)
                .map(RouteRun::identity)
                .toList();
        var words = "no applier has said what " + String.join(", ", silent)
                + " carries: is one running that serves cluster " + run.plan().cluster()
                + ", and is it of this version?";
        var why = why(ReasonCode.BEGINNING, words);
        d.decide(new Decision.ObservationRepeated(
                run.name(), why, d.at(), run.watched().askedAgain(d.at())));
    }

    /** Another rollout of the application begins. */
    public static void overtaken(Draft d, String by) {
        for (var run : d.runs()) {
            if (!run.position().isEnded()) {
                endAsSeen(d, run, ReasonCode.SUPERSEDED, "no longer observed, as rollout " + by + " begins: ");
            }
        }
    }

    /**
     * Nobody said which way it ended. A canary that went back to 0 short of its last step was taken back; from there on it may as
     * well have been promoted, for then it ends at 0 too.
     */
    private static void endAsSeen(Draft d, TargetRun run, ReasonCode code, String how) {
        var most = run.watched().most();
        var last = Observing.lastWeight(run.plan());
        var isSeenToHaveGone =
                run.watched().until() != null && orZero(run.traffic().applied()).isZero();
        if (run.watched().until() != null && !isSeenToHaveGone) {
            var words = how + "what the canary carries could not be seen any more, and nobody said how it went on:"
                    + " which way it ended isn't known";
            end(d, run.name(), End.UNKNOWN, why(code, words), null);
        } else if (!isSeenToHaveGone) {
            end(d, run.name(), End.UNKNOWN, why(code, how + "which way it ended isn't known"), null);
        } else if (most.compareTo(last) < 0) {
            var words = how + "taken back: the canary went back to 0 from at most " + most
                    + " %, before its last step's " + last + " %";
            end(d, run.name(), End.TOOK_BACK, why(ReasonCode.TAKEN_BACK, words), null);
        } else {
            var words = how + "the canary went back to 0 after " + most
                    + " %, as it does in either case, and nobody said whether it was promoted: which way it ended"
                    + " isn't known";
            end(d, run.name(), End.UNKNOWN, why(code, words), null);
        }
    }

    /** @param actor who says so; null: it was seen */
    public static void end(Draft d, String target, End end, Why why, String actor) {
        Opinions.conclude(d, d.run(target));
        var run = d.run(target);
        switch (end) {
            case PROMOTED -> {
                if (run.watched().opinion() != Opinion.GO_ON) {
                    Opinions.disagree(
                            d, target, Move.PROMOTED, run.watched().told().reason());
                }
            }
            case TOOK_BACK -> {
                if (run.watched().opinion() == Opinion.GO_ON
                        && run.watched().judged()
                        && run.watched().hadTraffic()) {
                    Opinions.disagree(d, target, Move.TOOK_BACK, "nothing was found against it");
                }
            }
            case UNKNOWN -> {}
        }
        Verdicts.stopAll(d, target, "over");
        var watched = d.run(target).watched().ended(end);
        var words = why.words() + Opinions.words(watched);
        d.decide(new Decision.ObservationEnded(target, why(why.code(), words), d.at(), actor, phase(end), watched));
    }

    /** Of a target that Sluice has moved nothing of. */
    private static Phase phase(End end) {
        return switch (end) {
            case PROMOTED -> Phase.PROMOTED;
            case TOOK_BACK -> Phase.ROLLED_BACK;
            case UNKNOWN -> Phase.CANCELLED;
        };
    }
}
