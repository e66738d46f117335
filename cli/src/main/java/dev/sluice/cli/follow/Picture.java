package dev.sluice.cli.follow;

import dev.sluice.cli.engine.RolloutShown;
import dev.sluice.cli.engine.StepShown;
import dev.sluice.cli.output.Colours;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.Status;
import java.util.List;
import java.util.Locale;

/** A rollout on a page: each target with its weight, why it stands there, its steps and what was measured. */
public record Picture(Colours colours) {
    private static final int BAR = 20;

    public String of(RolloutShown shown) {
        var text = new StringBuilder(
                "%s  %s%n".formatted(shown.application(), shown.rollout() == null ? "" : shown.revision()));
        if (shown.rollout() == null) {
            return text.append("no rollout was ever begun\n").toString();
        }
        text.append(colours.faint(
                        "rollout %s, started by %s at %s".formatted(shown.rollout(), shown.actor(), shown.startedAt())))
                .append('\n');
        shown.queued().ifPresent(id -> text.append("rollout ").append(id).append(" waits for its end\n"));
        if (shown.window() != null && !shown.window().open()) {
            text.append(colours.waiting("window closed: " + shown.window().reason()))
                    .append('\n');
        }
        for (var status : shown.targets()) {
            text.append('\n').append(target(status, shown.steps().getOrDefault(status.target(), List.of())));
        }
        return text.toString();
    }

    private String target(Status status, List<StepShown> steps) {
        var text = new StringBuilder("%s  %s  %s %s%n"
                .formatted(status.target(), colours.of(status.phase()), bar(status), StatusLine.weight(status)));
        text.append("  ").append(status.reason() == null ? "" : status.reason()).append('\n');
        if (status.degraded()) {
            text.append(colours.bad("  degraded: the way back is not done by its deadline; it is tried again"))
                    .append('\n');
        }
        if (status.observation() != null) {
            Observed.lines(status.observation())
                    .forEach(line -> text.append("  ").append(line).append('\n'));
        }
        steps.forEach(step -> text.append("  ").append(line(step, status)).append('\n'));
        if (status.analysis() != null && status.analysis().queries() != null) {
            status.analysis().queries().forEach(query -> text.append(measured(query)));
        }
        return text.toString();
    }

    private static String bar(Status status) {
        var weight = status.weight() == null ? null : status.weight().applied();
        var filled = weight == null ? 0 : weight.hundredths() * BAR / 100_00;
        return "█".repeat(filled) + "░".repeat(BAR - filled);
    }

    private String line(StepShown step, Status status) {
        var words = step.step() + ". " + step.words();
        if (step.step() < status.step() || status.phase() == Phase.PROMOTED) {
            return colours.faint("✔ " + words);
        }
        return step.step() == status.step()
                ? (status.phase() != null && status.phase().isFinal() ? "✘ " : "▶ ") + words
                : "· " + words;
    }

    private String measured(Status.QueryStatus query) {
        var text = new StringBuilder("    ").append(numbers(query)).append('\n');
        if (query.detectable() != null) {
            var found = query.detectable();
            text.append(colours.faint(String.format(
                            Locale.ROOT,
                            "      by now %.3g would have been found, %.0f times of 10",
                            found.value(),
                            10 * found.probability())))
                    .append('\n');
        }
        if (query.asked() != null) {
            text.append(colours.faint("      asked: "
                            + query.asked().replaceAll("\\s+", " ").strip()))
                    .append('\n');
        }
        return text.toString();
    }

    private static String numbers(Status.QueryStatus query) {
        return "%s: canary %s, stable %s, limit %s%s"
                .formatted(
                        query.name(),
                        query.canary() == null ? "-" : query.canary(),
                        query.stable() == null ? "-" : query.stable(),
                        query.limit() == null ? "-" : query.limit(),
                        query.outcome() == null
                                ? ""
                                : " → " + query.outcome().name().toLowerCase(Locale.ROOT));
    }
}
