package dev.sluice.engine.core.rule.command;

import dev.sluice.engine.core.rule.Draft;
import dev.sluice.engine.core.rule.Judgements;
import dev.sluice.engine.core.rule.Rollbacks;
import dev.sluice.engine.core.rule.step.Approvals;
import dev.sluice.engine.core.state.Gate;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.engine.core.state.Word;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.ReasonCode;
import java.util.List;
import java.util.Optional;

/** {@code reject}: the answer no, of anyone who might have said yes to one of what is waited for, whoever has said yes to it. */
final class Reject {
    private Reject() {}

    static void take(Draft d, Command command) {
        var fitting = Commands.chosen(d, command, Approve::isAwaited);
        if (fitting.isEmpty()) {
            var words = "neither an approval nor a judgement is waited for: " + Commands.now(d);
            Commands.reject(d, command.target(), words + "; 'abort' rolls back from anywhere", List.of());
        }
        for (var run : fitting) {
            var refusal = refusal(d, run, command);
            if (refusal.isPresent()) {
                Commands.reject(d, run.name(), refusal.get(), List.of());
            } else {
                var why = Commands.asked(command, ReasonCode.REJECTED, "rejected");
                Rollbacks.failed(d, run.name(), why, command.actor(), command.force());
            }
        }
    }

    private static Optional<String> refusal(Draft d, TargetRun run, Command command) {
        var isJudgement = Judgements.beside(run).isPresent()
                || (run.stage() instanceof Gate gate
                        && gate.conditions().stream()
                                .anyMatch(condition -> condition instanceof Word.Judgement open && !open.isOver()));
        var refusals = Approvals.open(run).stream()
                .map(open -> Approvals.lacksRole(d, open.asks(), command))
                .toList();
        return isJudgement || refusals.stream().anyMatch(Optional::isEmpty) ? Optional.empty() : refusals.getFirst();
    }
}
