package dev.sluice.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sluice.cli.Exit;
import dev.sluice.cli.Session;
import dev.sluice.cli.Stop;
import dev.sluice.cli.output.Table;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** {@code freezes} */
@Command(
        name = "freezes",
        description = "Lists the freezes that stand, the oldest first; asks the engine, never Kafka.")
final class Freezes implements Callable<Integer> {
    private final Session session;

    Freezes(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Stop {
        try (var calls = session.http()) {
            var freezes = calls.get("/api/freezes", Map.of()).orElseGet(JsonNodeFactory.instance::arrayNode);
            session.printer().print(freezes, () -> table(freezes).toString());
            return Exit.DONE.code();
        }
    }

    private static Table table(JsonNode freezes) {
        var table = new Table("FREEZE", "LABELS", "SINCE", "UNTIL", "BY", "REASON");
        freezes.forEach(freeze -> table.row(
                freeze.path("id").asText(),
                freeze.path("labels").properties().stream()
                        .map(label -> label.getKey() + "=" + label.getValue().asText())
                        .collect(Collectors.joining(",")),
                freeze.path("since").asText(),
                freeze.path("until").asText("-"),
                freeze.path("actor").asText(),
                freeze.path("reason").asText("-")));
        return table;
    }
}
