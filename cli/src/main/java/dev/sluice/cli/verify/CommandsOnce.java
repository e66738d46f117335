package dev.sluice.cli.verify;

import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.CommandType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** However often a command comes, it is carried out or refused once. */
final class CommandsOnce implements Promise {
    private static final Set<String> COMMANDS =
            Stream.of(CommandType.values()).map(CommandType::word).collect(Collectors.toUnmodifiableSet());

    /** When each was carried out: what it led to was decided at one time. */
    private final Map<String, Instant> times = new HashMap<>();

    private final List<String> broken = new ArrayList<>();

    @Override
    public String number() {
        return "B04";
    }

    @Override
    public String words() {
        return "each command has one effect, however often it comes";
    }

    @Override
    public void decided(Audit decision) {
        var event = decision.event();
        if (event == null
                || !COMMANDS.contains(event.type())
                || decision.decision().equals("Ignored")) {
            return;
        }
        var command = decision.application() + " " + event.type() + " " + event.id();
        var first = times.putIfAbsent(command, decision.time());
        if (first != null && !first.equals(decision.time())) {
            broken.add(command + " worked at " + first + " and again at " + decision.time());
        }
    }

    @Override
    public List<String> broken(Instant now) {
        return broken;
    }
}
