package dev.sluice.cli.command;

import dev.sluice.cli.Exit;
import dev.sluice.cli.Session;
import dev.sluice.cli.Stop;
import dev.sluice.cli.output.Table;
import dev.sluice.schemas.message.Audit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code audit} */
@Command(name = "audit", description = "Lists what was decided about an application and why, the newest last.")
final class AuditTrail implements Callable<Integer> {
    @Parameters(paramLabel = "APPLICATION", description = "Such as shop/checkout.")
    String application;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "How many. ${DEFAULT-VALUE} unless said.")
    int limit;

    @Option(names = "--rollout", paramLabel = "ID", description = "Of this rollout alone, among those.")
    String rollout;

    private final Session session;

    AuditTrail(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Stop {
        try (var engine = session.engine()) {
            var newest = engine.decisions(Application.checked(application), limit);
            if (newest.isEmpty()) {
                throw Unknown.application(application);
            }
            var decisions = newest.reversed().stream()
                    .filter(decision -> rollout == null || rollout.equals(decision.rollout()))
                    .toList();
            session.printer().print(decisions, () -> table(decisions).toString());
            return Exit.DONE.code();
        }
    }

    private static Table table(List<Audit> decisions) {
        var table = new Table("TIME", "DECISION", "TARGET", "BY", "REASON");
        decisions.forEach(decision ->
                table.row(decision.time(), decision.decision(), decision.target(), by(decision), decision.reason()));
        return table;
    }

    private static String by(Audit decision) {
        var event = decision.event() == null ? "" : decision.event().type();
        return decision.actor() == null ? event : event + " of " + decision.actor();
    }
}
