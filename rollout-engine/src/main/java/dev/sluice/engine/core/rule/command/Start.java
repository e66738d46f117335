package dev.sluice.engine.core.rule.command;

import static dev.sluice.engine.core.rule.Draft.why;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.rule.Draft;
import dev.sluice.engine.core.rule.Handbacks;
import dev.sluice.engine.core.rule.Observations;
import dev.sluice.engine.core.rule.Rollbacks;
import dev.sluice.engine.core.rule.Starts;
import dev.sluice.engine.core.rule.Waiting;
import dev.sluice.engine.core.rule.step.Approvals;
import dev.sluice.engine.core.state.Leave;
import dev.sluice.engine.core.state.Origin;
import dev.sluice.engine.core.state.Request;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.engine.core.state.Terms;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.Problem;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.rollout.RolloutFileReader;
import dev.sluice.schemas.rollout.TargetPlan;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code start}: takes up a rollout; its id is the command's. */
public final class Start {
    private static final int MOST_WARNINGS = 5;

    private Start() {}

    public static void take(Draft d, Command command, Instant appendedAt, RolloutFileReader.Read file) {
        switch (file) {
            case RolloutFileReader.Read.Invalid invalid -> rejectFile(d, invalid);
            case RolloutFileReader.Read.Valid valid -> take(d, command, appendedAt, valid);
        }
    }

    static void rejectFile(Draft d, RolloutFileReader.Read.Invalid invalid) {
        var words = "the rollout file has " + howMany(invalid.problems()) + ": " + first(invalid.problems());
        Commands.reject(d, null, words + warnings(invalid.warnings()), invalid.problems());
    }

    private static String howMany(List<Problem> problems) {
        if (problems.size() > Problem.MOST) {
            return "more than " + Problem.MOST + " problems";
        }
        return problems.size() == 1 ? "a problem" : problems.size() + " problems";
    }

    private static String first(List<Problem> problems) {
        var problem = problems.getFirst();
        return problem.pointer() + " " + problem.message();
    }

    private static void take(Draft d, Command command, Instant appendedAt, RolloutFileReader.Read.Valid file) {
        var plan = file.plan();
        if (!plan.application().equals(command.application())) {
            var words =
                    "the file's application " + plan.application() + " is not the command's " + command.application();
            Commands.reject(d, null, words, List.of(new Problem("/application", words)));
            return;
        }
        var words = command.reason() == null ? "started" : "started: " + command.reason();
        var asked = new Request(
                command.id(),
                command.revision(),
                command.actor(),
                words + warnings(file.warnings()),
                new Origin(
                        appendedAt,
                        command.automated(),
                        null,
                        null,
                        d.isUnproven(),
                        d.entrance().trace()),
                plan,
                Set.of(),
                false,
                command.overrideFreeze() ? Leave.ALWAYS : Leave.NONE);
        Starts.refusal(d, asked)
                .ifPresentOrElse(refusal -> Commands.reject(d, null, refusal, List.of()), () -> take(d, asked));
    }

    private static void take(Draft d, Request asked) {
        if (!d.state().running()) {
            begin(d, asked, () -> Starts.start(d, asked));
        } else if (isRunning(d, asked)) {
            ignore(d, "rollout " + d.state().rollout().id() + " carries out the same file and revision already");
        } else if (d.state().rollout().isObserving()) {
            // nothing of it is in any cluster, so that nobody has to wait for it
            Waiting.refusal(d, asked)
                    .ifPresentOrElse(
                            refusal -> Commands.reject(d, null, refusal, List.of()),
                            () -> begin(d, asked, () -> {
                                Observations.overtaken(d, asked.id());
                                Starts.start(d, asked);
                            }));
        } else if (asked.plan().observes()) {
            Commands.reject(
                    d,
                    null,
                    "rollout " + d.state().rollout().id() + " is running, and Sluice decides about it: "
                            + Commands.now(d) + "; wait for its end or abort it before you only observe",
                    List.of());
        } else if (waits(d, asked)) {
            ignore(d, "rollout " + d.state().queued().id() + ", of the same file and revision, waits already");
        } else if (!goingBackTo(d, asked).isEmpty()) {
            // one that was sent before what runs now, and is read after it, asks for nothing any more
            Waiting.refusal(d, asked)
                    .ifPresentOrElse(refusal -> Commands.reject(d, null, refusal, List.of()), () -> goBack(d, asked));
        } else {
            switch (asked.plan().inProgress()) {
                case REJECT ->
                    Commands.reject(
                            d,
                            null,
                            "rollout " + d.state().rollout().id() + " is running: " + Commands.now(d)
                                    + "; wait for its end or abort it",
                            List.of());
                case ENQUEUE_ONE -> begin(d, asked, () -> enqueue(d, asked, false));
                case SUPERSEDE -> begin(d, asked, () -> enqueue(d, asked, true));
            }
        }
    }

    /** What only goes back is not asked who sent it. */
    private static void begin(Draft d, Request asked, Runnable then) {
        if (asked.plan().observes()) {
            then.run(); // nobody is asked to approve anything
            return;
        }
        Approvals.refusal(asked.origin(), asked.plan())
                .ifPresentOrElse(refusal -> Commands.reject(d, null, refusal, List.of()), then);
    }

    private static void enqueue(Draft d, Request asked, boolean supersedes) {
        Waiting.refusal(d, asked)
                .ifPresentOrElse(
                        refusal -> Commands.reject(d, null, refusal, List.of()),
                        () -> Waiting.enqueue(d, asked, supersedes));
    }

    private static void ignore(Draft d, String words) {
        d.decide(new Decision.Ignored(null, why(null, words), d.at(), true));
    }

    /** On its way back it is no longer what was asked for. */
    private static boolean isRunning(Draft d, Request asked) {
        var running = d.state().rollout();
        var plans = asked.plan().targets();
        return Objects.equals(running.revision(), asked.revision())
                && running.terms().equals(Terms.of(asked.plan()))
                && running.targets().size() == plans.size()
                && running.targets().stream().noneMatch(run -> run.position().hasFailed())
                && plans.stream()
                        .allMatch(plan -> running.target(plan.name())
                                .filter(run -> isOf(run, plan))
                                .isPresent());
    }

    /** Whatever a first deployment made of its steps. */
    private static boolean isOf(TargetRun run, TargetPlan plan) {
        return run.plan()
                .equals(
                        run.shortened()
                                ? plan.with(run.plan().steps(), run.plan().background())
                                : plan);
    }

    private static boolean waits(Draft d, Request asked) {
        var queued = d.state().queued();
        return queued != null
                && Objects.equals(queued.revision(), asked.revision())
                && queued.plan().equals(asked.plan());
    }

    /** What runs on targets that it names, where it asks for nothing but what each of them had before. */
    private static List<TargetRun> goingBackTo(Draft d, Request asked) {
        var named = asked.plan().targets().stream().map(TargetPlan::name).collect(Collectors.toSet());
        var concerned = d.runs().stream()
                .filter(run -> !run.position().isEnded() && named.contains(run.name()))
                .toList();
        var isStable = asked.revision() != null
                && concerned.stream().noneMatch(Handbacks::isUnderWay)
                && !asked.revision().equals(d.state().rollout().revision())
                && concerned.stream()
                        .allMatch(run -> asked.revision()
                                .equals(d.state().stableRevisions().get(run.name())));
        return isStable ? concerned : List.of();
    }

    /** Starting the stable revision is an abort, and ends with it (B03). */
    private static void goBack(Draft d, Request asked) {
        var words =
                "aborted by " + asked.actor() + ", who starts " + asked.revision() + ", the revision that is stable";
        var why = why(ReasonCode.ABORTED, words);
        Waiting.drop(d, why);
        for (var run : goingBackTo(d, asked)) {
            if (!run.position().isRollingBack()) {
                Rollbacks.begin(d, run.name(), why, asked.actor());
            }
        }
        if (!d.decided().stream().anyMatch(decision -> decision.stored())) {
            ignore(d, asked.revision() + " is on its way back already");
        }
    }

    /** Whoever reads what became of the start is told as well, be it days later. */
    static String warnings(List<Problem> warnings) {
        var shown = warnings.stream()
                .limit(MOST_WARNINGS)
                .map(warning -> "; warning: " + warning.pointer() + " " + warning.message())
                .collect(Collectors.joining());
        var more = warnings.size() - MOST_WARNINGS;
        return more > 0 ? shown + "; and " + more + " more" : shown;
    }
}
