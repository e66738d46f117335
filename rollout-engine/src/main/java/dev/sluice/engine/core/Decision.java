package dev.sluice.engine.core;

import dev.sluice.engine.core.state.Aborts;
import dev.sluice.engine.core.state.AnalysisRun;
import dev.sluice.engine.core.state.Condition;
import dev.sluice.engine.core.state.Freeze;
import dev.sluice.engine.core.state.HeldRevisions;
import dev.sluice.engine.core.state.Hold;
import dev.sluice.engine.core.state.Order;
import dev.sluice.engine.core.state.Preflight;
import dev.sluice.engine.core.state.Request;
import dev.sluice.engine.core.state.Rollout;
import dev.sluice.engine.core.state.RouteRun;
import dev.sluice.engine.core.state.SharesSeen;
import dev.sluice.engine.core.state.Stage;
import dev.sluice.engine.core.state.State;
import dev.sluice.engine.core.state.Terms;
import dev.sluice.engine.core.state.Watched;
import dev.sluice.engine.core.state.Why;
import dev.sluice.engine.core.state.Word;
import dev.sluice.engine.core.told.Publications;
import dev.sluice.schemas.message.Assessment;
import dev.sluice.schemas.message.Fence;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.Problem;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.message.WeightReport;
import dev.sluice.schemas.rollout.AnalysisSpec;
import dev.sluice.schemas.rollout.TargetPlan;
import java.time.Instant;
import java.util.List;

/**
 * A fact that follows from an event, with its reason. Decisions are all that changes a {@link State} (see {@link Replay})
 * and all that leads to messages (see {@link Publications}). A closed set.
 */
public sealed interface Decision {
    /** The target it is about; null: the whole application. */
    String target();

    Why why();

    /** When it was decided: the event's time. */
    Instant at();

    /** As it stands in the audit. */
    default String name() {
        return getClass().getSimpleName();
    }

    /** Whether it is kept and published; one that isn't is only counted. */
    default boolean stored() {
        return true;
    }

    /** Nothing follows from the event. Stored for commands only, so that their senders find out. */
    record Ignored(String target, Why why, Instant at, boolean stored) implements Decision {}

    /** A command is not carried out. */
    record Rejected(String target, Why why, Instant at, List<Problem> errors) implements Decision {
        public Rejected {
            errors = List.copyOf(errors);
        }
    }

    /** About the application as a whole, whatever its targets do. */
    sealed interface OfApplication extends Decision {
        @Override
        default String target() {
            return null;
        }
    }

    /** A rollout is taken up: its routes are held from now on. */
    record Started(Why why, Instant at, Rollout rollout) implements OfApplication {}

    /** A start waits for the running rollout to end; its routes are held from now on. */
    record Enqueued(Why why, Instant at, Request queued) implements OfApplication {}

    /** The start that waited doesn't start; its routes are given back. */
    record Dequeued(Why why, Instant at, String rollout) implements OfApplication {}

    /** A person went back from a revision: automation may not start it (B47). */
    record RevisionHeld(Why why, Instant at, HeldRevisions.Held held) implements OfApplication {}

    /** A person lets a revision go forward again. */
    record RevisionReleased(Why why, Instant at, String revision) implements OfApplication {}

    /** No weight goes up, of all applications or of those with its labels. */
    record Frozen(Why why, Instant at, Freeze freeze) implements OfApplication {}

    /** A freeze is lifted, or over. */
    record Unfrozen(Why why, Instant at, String freeze) implements OfApplication {}

    /**
     * The rollout goes on by another file.
     *
     * @param plans of all its targets
     */
    record Updated(Why why, Instant at, String actor, Terms terms, List<TargetPlan> plans) implements OfApplication {
        public Updated {
            plans = List.copyOf(plans);
        }
    }

    /** An abort is remembered beside what it did, for starts that were sent before it and are read later (B37). */
    record AbortNoted(Why why, Instant at, Aborts.Abort abort) implements OfApplication {
        @Override
        public boolean stored() {
            return false;
        }
    }

    /**
     * A person says, looking back, whether a rollout ended rightly.
     *
     * @param phase that it ended in
     */
    record Assessed(Why why, Instant at, Assessment assessment, String actor, Phase phase) implements OfApplication {}

    /** The application is forgotten; its routes are free. */
    record Deleted(Why why, Instant at) implements OfApplication {}

    /** About what a target's routes are to carry, and what they are said to. */
    sealed interface OfTraffic extends Decision {}

    /** A target begins its generation, with the backends in the roles that the engine knows, and asks what stands in the way. */
    record Began(String target, Why why, Instant at, long generation, List<RouteRun> routes, Preflight preflight)
            implements OfTraffic {}

    /** An applier says what stands in the way of a route. */
    record Checked(String target, Why why, Instant at, String route, Preflight preflight) implements OfTraffic {}

    /** Something stands in the way: it is looked at again. */
    record CheckRepeated(String target, Why why, Instant at, Preflight preflight) implements OfTraffic {}

    /** Nobody said what may stand in the way. */
    record Unchecked(String target, Why why, Instant at) implements OfTraffic {}

    /** All routes of the target get a new order. */
    record Ordered(String target, Why why, Instant at, Order order) implements OfTraffic {}

    /** The newest order is sent again, as it is. */
    record OrderRepeated(String target, Why why, Instant at, Order order) implements OfTraffic {}

    /** A route answered the newest order. */
    record Answered(String target, Why why, Instant at, WeightReport report) implements OfTraffic {}

    /**
     * Something else runs behind a route's backends than before.
     *
     * @param stored false where it is the same and only comes and goes, as pods do when somebody scales, and nobody waits for that
     */
    record WorkloadSeen(String target, Why why, Instant at, WeightReport report, boolean stored) implements OfTraffic {}

    /**
     * A backend has ready endpoints again, or none any more; how many there are is nobody's decision.
     *
     * @param stored false where what is decided beside says so
     */
    record EndpointsSeen(String target, Why why, Instant at, WeightReport report, boolean stored)
            implements OfTraffic {}

    /** A hand edit was put back. */
    record DriftRepaired(String target, Why why, Instant at, String actor) implements OfTraffic {}

    /** The ready endpoints behind the canary went away, and the file says to wait for them. */
    record EndpointsMissed(String target, Why why, Instant at) implements OfTraffic {}

    /**
     * A route's object says which backend is the active one, where a restored database may be wrong (B43).
     *
     * @param confirmed the object is as Sluice wrote it, so that going back moves nothing that Sluice didn't move
     */
    record ActiveLearnt(String target, Why why, Instant at, String route, String active, boolean confirmed)
            implements OfTraffic {}

    /** The clusters know a later generation than the engine does (B34). */
    record FenceRaised(String target, Why why, Instant at, String route, long generation, Fence by)
            implements OfTraffic {}

    /** Another tool decides about a target: its routes are watched from now on. */
    record ObservationBegan(String target, Why why, Instant at, long generation, List<RouteRun> routes)
            implements OfTraffic {}

    /** Nobody has said yet what some of them carry: it is asked again. */
    record ObservationRepeated(String target, Why why, Instant at, Watched watched) implements OfTraffic {}

    /** What a route that is watched is seen to carry. */
    record Observed(String target, Why why, Instant at, WeightReport report, Watched watched) implements OfTraffic {}

    /** What Sluice would do by now, where it decided. */
    record OpinionFormed(String target, Why why, Instant at, Watched watched) implements Decision {}

    /** The other tool did what Sluice would not have done. */
    record Disagreed(String target, Why why, Instant at, Watched watched) implements Decision {}

    /**
     * The other tool is done, or nobody looks any more.
     *
     * @param actor who says so; null: it was seen
     */
    record ObservationEnded(String target, Why why, Instant at, String actor, Phase phase, Watched watched)
            implements Decision {}

    /** About what a target's analyses find, and people say of that. */
    sealed interface OfJudging extends Decision {}

    record AnalysisOpened(String target, Why why, Instant at, AnalysisRun analysis) implements OfJudging {}

    /**
     * A run has its one verdict.
     *
     * @param stored false where it passed as the one before it did: that is counted, and told with the status now and then
     */
    record RunJudged(
            String target,
            Why why,
            Instant at,
            String analysis,
            int run,
            Verdict.Outcome outcome,
            Verdict verdict,
            boolean stored)
            implements OfJudging {}

    /** A run says how many of the requests the canary got; counted, and told with the status. */
    record ShareMeasured(String target, Why why, Instant at, SharesSeen shares) implements OfJudging {
        @Override
        public boolean stored() {
            return false;
        }
    }

    /** Nobody judged these runs in time: one decision, however many they are. */
    record RunsMissed(String target, Why why, Instant at, String analysis, int upTo) implements OfJudging {}

    /** What it was measured against is not what it was: it begins anew, and what was seen so far counts for nothing (B31). */
    record AnalysisRestarted(String target, Why why, Instant at, String analysis, AnalysisRun next)
            implements OfJudging {}

    /** An analysis is over: passed, failed, inconclusive, or stopped with the steps it ran beside. */
    record AnalysisClosed(String target, Why why, Instant at, String analysis, Verdict.Outcome outcome)
            implements OfJudging {}

    /** What an analysis came to is left to a person. */
    record JudgementAsked(String target, Why why, Instant at, Word.Judgement judgement) implements OfJudging {}

    /** A person goes on in spite of what the analysis beside the steps came to. */
    record JudgementGiven(String target, Why why, Instant at, String actor) implements OfJudging {}

    /** An analysis goes on under other limits. */
    record AnalysisLimited(String target, Why why, Instant at, AnalysisSpec spec) implements OfJudging {}

    record StepEntered(String target, Why why, Instant at, Stage stage) implements Decision {}

    /** One of the conditions that are waited for is met; others are not. */
    record ConditionMet(String target, Why why, Instant at, int condition) implements Decision {}

    /** A call came to something: it is made again, its callback is awaited, or it is over. */
    record WebhookWent(String target, Why why, Instant at, int condition, Condition.Webhook now) implements Decision {}

    /** The next step waits for something outside the steps. */
    record RaiseHeld(String target, Why why, Instant at, Stage stage) implements Decision {}

    /** It still waits for the same; counted, so that it is looked at again. */
    record HoldSeenAgain(String target, Why why, Instant at, Stage stage) implements Decision {
        @Override
        public boolean stored() {
            return false;
        }
    }

    /**
     * Somebody who may lets a raise, or all of a rollout, pass freezes and windows.
     *
     * @param waits it is of the rollout that waits, once that has started
     */
    record FreezeOverridden(String target, Why why, Instant at, boolean waits) implements Decision {}

    /** Requests and weight agree again. */
    record RaiseFreed(String target, Why why, Instant at) implements Decision {}

    record Paused(String target, Why why, Instant at, Hold hold) implements Decision {}

    record Resumed(String target, Why why, Instant at, String actor) implements Decision {}

    /** @param conditions of the gate, from 0, that somebody gives their word to */
    record Approved(String target, Why why, Instant at, String actor, List<Integer> conditions) implements Decision {
        public Approved {
            conditions = List.copyOf(conditions);
        }
    }

    /** Somebody ends what is waited for at this step. */
    record StepSkipped(String target, Why why, Instant at, String actor) implements Decision {}

    /** Somebody takes the target to another step than the next. */
    record Redirected(String target, Why why, Instant at, String actor) implements Decision {}

    /** No stable backend was ready at the start: the steps are skipped (B29). */
    record FirstDeployment(String target, Why why, Instant at, TargetPlan plan) implements Decision {}

    /** A step lies behind the weight that an adopted object has already (B51). */
    record StepPassedOver(String target, Why why, Instant at, int step) implements Decision {}

    /** All steps are done. */
    record StepsDone(String target, Why why, Instant at, Stage stage) implements Decision {}

    /** The active backend's Service selects the canary's pods: the traffic goes back to it. */
    record SelectorSwitched(String target, Why why, Instant at) implements Decision {}

    /**
     * The active workload runs the revision: the traffic goes back to it.
     *
     * @param actor who says so; null: it was seen
     */
    record HandbackBegan(String target, Why why, Instant at, String actor) implements Decision {}

    record RollbackBegan(String target, Why why, Instant at, String actor) implements Decision {}

    /** A rollback's deadline passed; it goes on. */
    record Degraded(String target, Why why, Instant at) implements Decision {}

    /** @param blocks what was asked for after the deployment failed: those that depend on the target never start */
    record Promoted(String target, Why why, Instant at, boolean blocks) implements Decision {}

    /** A promoted target goes back with others of its rollout, and its backends get back the roles that they had. */
    record Reverted(String target, Why why, Instant at) implements Decision {}

    /** A promoted target can't go back with others of its rollout. */
    record LeftPromoted(String target, Why why, Instant at) implements Decision {}

    record RolledBack(String target, Why why, Instant at) implements Decision {}

    record Failed(String target, Why why, Instant at) implements Decision {}

    record Cancelled(String target, Why why, Instant at) implements Decision {}
}
