package dev.sluice.engine.core.rule.command;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.rule.Draft;
import dev.sluice.engine.core.state.Freeze;
import dev.sluice.schemas.message.Command;
import java.util.List;
import java.util.stream.Collectors;

/** {@code unfreeze}: lifts one freeze by its id, or all that were put up with just these labels. */
final class Unfreezing {
    private static final int MOST_SHOWN = 10;

    private Unfreezing() {}

    static void take(Draft d, Command command) {
        var misaddressed = Freezing.misaddressed(d, command);
        if (misaddressed != null) {
            Commands.reject(d, command.target(), misaddressed, List.of());
            return;
        }
        if (command.freeze() != null && !command.labels().isEmpty()) {
            Commands.reject(d, null, "it names a freeze and labels: leave one of them out", List.of());
            return;
        }
        var fitting = d.state().freezes().stream()
                .filter(freeze -> isMeant(freeze, command))
                .toList();
        if (fitting.isEmpty()) {
            Commands.reject(
                    d, null, "no such freeze stands; " + standing(d.state().freezes()), List.of());
        }
        for (var freeze : fitting) {
            var what = "freeze " + freeze.id() + " lifted";
            d.decide(new Decision.Unfrozen(Commands.asked(command, null, what), d.at(), freeze.id()));
        }
    }

    private static boolean isMeant(Freeze freeze, Command command) {
        return command.freeze() == null
                ? freeze.labels().equals(command.labels())
                : freeze.id().equals(command.freeze());
    }

    private static String standing(List<Freeze> freezes) {
        var more = freezes.size() - MOST_SHOWN;
        return freezes.isEmpty()
                ? "none does"
                : freezes.stream()
                                .limit(MOST_SHOWN)
                                .map(freeze ->
                                        freeze.id() + (freeze.labels().isEmpty() ? "" : " over " + freeze.labels()))
                                .collect(Collectors.joining(", ", "there are ", ""))
                        + (more > 0 ? " and " + more + " more" : "");
    }
}
