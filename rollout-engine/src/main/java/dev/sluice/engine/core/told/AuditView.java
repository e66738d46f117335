package dev.sluice.engine.core.told;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.Event;
import dev.sluice.engine.core.state.State;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.Problem;
import dev.sluice.schemas.message.Verdict.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A stored decision as the audit shows it: what led to it, by whom, why, and what it changed. */
public final class AuditView {
    private AuditView() {}

    public static Audit of(State before, State after, Event event, Decision decision) {
        var errors = decision instanceof Decision.Rejected rejected ? rejected.errors() : List.<Problem>of();
        return new Audit(
                after.application() + "/" + after.decisions(),
                decision.name(),
                after.application(),
                decision.target(),
                decision instanceof Decision.Assessed assessed
                        ? assessed.assessment().rollout()
                        : rollout(before, after),
                reference(event),
                actor(event),
                decision.why() == null ? null : decision.why().words(),
                errors,
                before(before, decision),
                after(after, decision),
                decision.at());
    }

    private static String rollout(State before, State after) {
        if (after.rollout() != null) {
            return after.rollout().id();
        }
        return before.rollout() == null ? null : before.rollout().id();
    }

    private static Audit.EventRef reference(Event event) {
        return switch (event) {
            case Event.CommandReceived e ->
                new Audit.EventRef(
                        e.command().type().word(),
                        e.command().id(),
                        e.command().reason(),
                        e.entrance().via());
            case Event.VerdictReceived e ->
                new Audit.EventRef("verdict", e.verdict().id(), null);
            case Event.ReportReceived e ->
                new Audit.EventRef(
                        "report",
                        e.report().route() + "/" + e.report().generation() + "."
                                + e.report().sequence(),
                        e.report().outcome().name().toLowerCase(Locale.ROOT).replace('_', '-'));
            case Event.TimeReached e -> new Audit.EventRef("time", e.at().toString(), null);
            case Event.WebhookAnswered e ->
                new Audit.EventRef(
                        "webhook",
                        e.answer().call(),
                        e.answer().outcome().name().toLowerCase(Locale.ROOT));
            case Event.WebhookCalledBack e -> new Audit.EventRef("callback", e.call(), e.words());
        };
    }

    private static String actor(Event event) {
        return switch (event) {
            case Event.CommandReceived e -> e.command().actor();
            case Event.VerdictReceived e -> "metrics-gate";
            case Event.ReportReceived e ->
                e.report().actor() == null ? "weight-applier" : e.report().actor();
            case Event.TimeReached e -> "rollout-engine";
            case Event.WebhookAnswered e -> "webhook";
            case Event.WebhookCalledBack e -> "webhook";
        };
    }

    /** Which rollout never starts, and which revision is free again: the command that leads to it need not name either. */
    private static Map<String, Object> before(State before, Decision decision) {
        return switch (decision) {
            case Decision.Dequeued dropped -> Map.of("queued", dropped.rollout());
            case Decision.RevisionReleased released -> Map.of("held", released.revision());
            default -> target(before, decision.target());
        };
    }

    private static Map<String, Object> after(State after, Decision decision) {
        return switch (decision) {
            case Decision.Assessed assessed -> ending(assessed);
            case Decision.RunJudged judged when judged.outcome() != Outcome.PASS -> judged(after, judged);
            case Decision.Began began -> compared(after, began);
            case Decision.AnalysisOpened opened -> compared(after, opened);
            case Decision.Promoted promoted when promoted.blocks() -> blocking(after, promoted);
            default -> target(after, decision.target());
        };
    }

    /** Who looks back later has to know what was measured: metrics may name revisions in place of the sides they are behind. */
    private static Map<String, Object> compared(State after, Decision decision) {
        var shown = target(after, decision.target());
        if (shown != null) {
            shown.put("revision", after.rollout().revision());
            shown.put("stableRevision", after.stableRevisions().get(decision.target()));
        }
        return shown;
    }

    /** A promotion that was not the end that was hoped for. */
    private static Map<String, Object> blocking(State after, Decision decision) {
        var shown = target(after, decision.target());
        if (shown != null) {
            shown.put("blocks", true);
        }
        return shown;
    }

    /** With what was asked by the queries that didn't pass. */
    private static Map<String, Object> judged(State after, Decision.RunJudged judged) {
        var shown = target(after, judged.target());
        var asked = new LinkedHashMap<String, Object>();
        if (judged.verdict() != null) {
            judged.verdict().queries().stream()
                    .filter(query -> query.outcome() != Outcome.PASS && query.asked() != null)
                    .forEach(query -> asked.put(query.name(), query.asked()));
        }
        if (shown != null && !asked.isEmpty()) {
            shown.put("asked", asked);
        }
        return shown;
    }

    private static Map<String, Object> ending(Decision.Assessed assessed) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("phase", assessed.phase());
        shown.put("ending", assessed.assessment().ending());
        return shown;
    }

    /** Small on purpose: who wants all of it reads the status. */
    private static Map<String, Object> target(State state, String name) {
        return Optional.ofNullable(state.rollout())
                .filter(rollout -> name != null)
                .flatMap(rollout -> rollout.target(name))
                .map(AuditView::target)
                .orElse(null);
    }

    private static Map<String, Object> target(TargetRun run) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("phase", run.position().phase());
        shown.put("step", run.position().step());
        shown.put("weight", run.traffic().weight());
        shown.put("applied", run.traffic().applied());
        shown.put("generation", run.traffic().generation());
        shown.put("sequence", run.traffic().sequence());
        return shown;
    }
}
