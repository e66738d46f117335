package dev.sluice.cli.replay;

import dev.sluice.cli.Stop;
import dev.sluice.cli.replay.Replayed.Now;
import dev.sluice.cli.replay.Replayed.Then;
import dev.sluice.cli.trial.Release;
import dev.sluice.cli.trial.Tried;
import dev.sluice.gate.core.TargetKey;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.message.Verdict.QueryResult;
import dev.sluice.schemas.rollout.Question;
import dev.sluice.schemas.rollout.RolloutPlan;
import dev.sluice.schemas.rollout.TargetPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A file's judgement of rollouts that are over, one target after the other. */
public final class Replay {
    /** A total says nothing without the one before it: how far apart the totals of a counter come. */
    private static final Duration REACH = Duration.ofMinutes(2);
    /** An event's own time may be that much ahead of its append time. */
    private static final Duration AHEAD = Duration.ofSeconds(5);
    /** What came in at the end may have been sent on a little later. */
    private static final Duration SENT_ON_WITHIN = Duration.ofSeconds(5);

    private final RolloutPlan plan;
    private final MetricLog log;
    private final FirstFailures failures;
    private final Map<String, TargetPlan> judged = new HashMap<>();
    private final Map<String, Duration> looksBack = new HashMap<>();
    private boolean asksProviders;
    private boolean lacksMetrics;

    /** @param failures of the rollouts that are looked at */
    public Replay(RolloutPlan plan, MetricLog log, FirstFailures failures) {
        this.plan = plan;
        this.log = log;
        this.failures = failures;
        for (var target : plan.targets()) {
            var measured = target.asking(query -> !(query.asks() instanceof Question.Pull));
            asksProviders |= !measured.equals(target);
            judged.put(target.name(), measured);
            looksBack.put(target.name(), LooksBack.of(plan.application(), measured));
        }
    }

    /** What has been left out so far. */
    List<String> notes() {
        var notes = new ArrayList<String>();
        if (asksProviders) {
            notes.add("queries that ask a provider are left out: nobody can ask it about what was");
        }
        if (lacksMetrics) {
            notes.add(
                    "metrics are kept for a day unless their topics say otherwise: `retention.ms` of both keeps them longer");
        }
        return notes;
    }

    Replayed of(Past past) throws Stop {
        var why = obstacle(past);
        return why.isPresent() ? told(past, null, why.get()) : judged(past);
    }

    private Optional<String> obstacle(Past past) {
        if (past.ending() == Past.Ending.UNDER_WAY) {
            return Optional.of("it is not over");
        }
        if (past.ending() == Past.Ending.FIRST_DEPLOYMENT) {
            return Optional.of("a first deployment: nothing was there to compare with, and nothing was judged");
        }
        return judged.containsKey(past.target())
                ? Optional.empty()
                : Optional.of("the file has no target " + past.target());
    }

    private Replayed judged(Past past) throws Stop {
        var before = looksBack.get(past.target()).plus(REACH).plus(AHEAD);
        var from = past.begun().minus(before);
        var key = new TargetKey(plan.application(), past.target());
        try (var part = log.between(
                plan.application(), past.target(), from, past.ended().plus(SENT_ON_WITHIN))) {
            if (part.completeSince().isAfter(from)) {
                lacksMetrics = true;
                return told(past, null, gone(past, part.completeSince()));
            }
            var ground = new RecordedGround(past, key, new Arrivals(key, part), before, REACH);
            var tried = Release.on(ground, plan.application(), judged.get(past.target()));
            return unmeasured(past, ground)
                    .map(why -> told(past, null, why))
                    .orElseGet(() -> told(past, now(tried), unknown(past)));
        }
    }

    private static String gone(Past past, Instant since) {
        return since.isBefore(past.ended())
                ? "its metrics are only partly in the log: what came in before " + since + " is gone"
                : "its metrics are no longer in the log";
    }

    private static Optional<String> unmeasured(Past past, RecordedGround ground) {
        if (ground.events() == 0) {
            return Optional.of("the log has no metrics of it");
        }
        return !past.hasRevisions() && ground.ofOtherRevisions() > 0
                ? Optional.of("its metrics name revisions, and its audit is from before Sluice recorded which ones ran")
                : Optional.empty();
    }

    /** Null where it is known. */
    private static String unknown(Past past) {
        return past.turned().isPresent()
                ? null
                : switch (past.ending()) {
                    case ABORTED -> "a person stopped it: say whether that was right with `sluice assess`";
                    case WENT_BACK -> "it went back for another reason than what was measured of it";
                    default -> "it came to no end that tells";
                };
    }

    private Replayed told(Past past, Now now, String why) {
        var then = new Then(
                past.ending(), past.foundAfter().orElse(null), failures.of(past).orElse(null), past.words());
        var turned = past.turned().orElse(null);
        return new Replayed(
                past.rollout(),
                past.revision(),
                past.target(),
                past.begun(),
                turned,
                past.assessed(),
                then,
                now,
                why == null ? Replayed.between(turned, now) : null,
                why);
    }

    private static Now now(Tried tried) {
        var deciding = tried.analyses().stream()
                .filter(analysis -> analysis.outcome() != null && analysis.outcome() != Outcome.PASS)
                .filter(analysis -> analysis.ended().equals(tried.after()))
                .findFirst();
        var query = deciding.filter(analysis -> !analysis.runs().isEmpty())
                .flatMap(analysis -> analysis.runs().getLast().queries().stream()
                        .filter(result -> !result.dryRun() && result.outcome() == analysis.outcome())
                        .map(QueryResult::name)
                        .findFirst());
        return new Now(
                tried.ending(),
                tried.after(),
                deciding.map(Tried.Analysis::name).orElse(null),
                query.orElse(null),
                tried.words());
    }
}
