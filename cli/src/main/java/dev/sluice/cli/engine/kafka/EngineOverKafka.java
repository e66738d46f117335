package dev.sluice.cli.engine.kafka;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cli.Exit;
import dev.sluice.cli.Stop;
import dev.sluice.cli.engine.Engine;
import dev.sluice.cli.engine.PastRollout;
import dev.sluice.cli.engine.RolloutShown;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.Problem;
import dev.sluice.schemas.rollout.RolloutFileReader;
import dev.sluice.schemas.rollout.RolloutFileReader.Overrides;
import dev.sluice.schemas.rollout.RolloutFileReader.Read;
import dev.sluice.schemas.wire.MessageType;
import dev.sluice.schemas.wire.MessageWriter;
import dev.sluice.schemas.wire.StrictJson;
import dev.sluice.schemas.wire.UnacceptableJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The engine as its topics show it. Nobody asks back there, so that files are checked here. */
public final class EngineOverKafka implements Engine {
    /** The decisions of one command come one after the other. */
    private static final Duration THE_REST = Duration.ofMillis(300);

    private final Brokers brokers;
    private Log audits;
    private Statuses statuses;

    public EngineOverKafka(Brokers brokers) {
        this.brokers = brokers;
    }

    @Override
    public List<Problem> send(ObjectNode command) throws Stop {
        try {
            var record = StrictJson.toRecord(command, Command.class);
            var warnings = record.type().takesFile() ? checked(record) : List.<Problem>of();
            // from before it, so that nothing it leads to is missed
            close();
            audits = brokers.fromEnd(Topic.AUDIT.name(brokers.prefix()));
            brokers.send(new MessageWriter("sluice-cli", brokers.prefix())
                    .write(MessageType.COMMAND, record, record.id(), Instant.now()));
            return warnings;
        } catch (UnacceptableJson e) {
            throw new Stop(Exit.INVALID, "The command is not valid: " + e.getMessage());
        }
    }

    private static List<Problem> checked(Command command) throws Stop {
        var read = new RolloutFileReader().read(command.rollout(), new Overrides(command.context(), command.targets()));
        return switch (read) {
            case Read.Valid valid -> valid.warnings();
            case Read.Invalid invalid ->
                throw new Stop(Exit.INVALID, "The rollout file is not valid", invalid.problems());
        };
    }

    @Override
    public List<Audit> outcome(String application, String command, Duration longest) {
        var found = new ArrayList<Audit>();
        var end = System.nanoTime() + longest.toNanos();
        while (System.nanoTime() < end) {
            for (var record : audits.next()) {
                Records.read(record, Audit.class)
                        .filter(audit -> audit.application().equals(application)
                                && audit.event() != null
                                && command.equals(audit.event().id()))
                        .ifPresent(found::add);
            }
            if (!found.isEmpty() && end - System.nanoTime() > THE_REST.toNanos()) {
                end = System.nanoTime() + THE_REST.toNanos();
            }
        }
        return found;
    }

    @Override
    public List<RolloutShown> rollouts(String phase) throws Stop {
        var read = statuses();
        return read.applications().stream()
                .flatMap(application -> read.newest(application).stream())
                .filter(rollout -> phase == null
                        || rollout.targets().stream()
                                .anyMatch(target -> target.phase() != null
                                        && target.phase().word().equals(phase)))
                .toList();
    }

    @Override
    public Optional<RolloutShown> rollout(String application) throws Stop {
        return statuses().newest(application);
    }

    @Override
    public List<PastRollout> history(String application, int most) throws Stop {
        return statuses().past(application).stream().limit(most).toList();
    }

    private Statuses statuses() throws Stop {
        if (statuses == null) {
            statuses = new Statuses(brokers);
        }
        return statuses.read();
    }

    @Override
    public List<Audit> decisions(String application, int most) throws Stop {
        var newest = new ArrayDeque<Audit>();
        try (var log = brokers.fromBeginning(Topic.AUDIT.name(brokers.prefix()))) {
            do {
                for (var record : log.next()) {
                    Records.read(record, Audit.class)
                            .filter(audit -> audit.application().equals(application))
                            .ifPresent(newest::addFirst);
                    if (newest.size() > most) {
                        newest.removeLast();
                    }
                }
            } while (!log.hasCaughtUp());
        }
        return List.copyOf(newest);
    }

    @Override
    public void close() {
        if (audits != null) {
            audits.close();
            audits = null;
        }
        if (statuses != null) {
            statuses.close();
            statuses = null;
        }
    }
}
