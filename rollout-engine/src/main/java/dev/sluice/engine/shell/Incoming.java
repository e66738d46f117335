package dev.sluice.engine.shell;

import dev.sluice.engine.core.Entrance;
import dev.sluice.engine.core.Event;
import dev.sluice.engine.core.WebhookAnswer;
import dev.sluice.engine.postgres.CommandIds.CommandId;
import dev.sluice.engine.webhook.Callback;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.message.WeightReport;
import dev.sluice.schemas.rollout.RolloutFileReader;
import dev.sluice.schemas.rollout.Route;
import dev.sluice.telemetry.Arrival;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Something an application is told, read but not yet taken up: what its transaction has to lock is known. */
sealed interface Incoming {
    String application();

    Arrival arrival();

    /** @param fresh ids of commands that were not known before this transaction */
    Event event(Instant at, Set<CommandId> fresh);

    /** Routes it names that the application may not hold yet. */
    default Set<String> routes() {
        return Set.of();
    }

    /** Whether it names the routes of the last rollout, which may have been released since. */
    default boolean asksAgain() {
        return false;
    }

    /** A rollout that it names, which may be over for long. */
    default Optional<String> past() {
        return Optional.empty();
    }

    /** Set for commands: the same id again has no effect. */
    default Optional<CommandId> commandId() {
        return Optional.empty();
    }

    /**
     * @param appendedAt by the broker's clock
     * @param file null but for {@code start} and {@code update}
     */
    record OfCommand(
            Command command, Instant appendedAt, RolloutFileReader.Read file, Arrival arrival, Entrance entrance)
            implements Incoming {
        @Override
        public String application() {
            return command.application();
        }

        @Override
        public Optional<CommandId> commandId() {
            return Optional.of(idTaken());
        }

        /** Whoever may not command takes nobody's id from them: no command's own has a slash. */
        private CommandId idTaken() {
            var id = entrance.refusal() == null ? command.id() : entrance.via() + "/" + command.id();
            return new CommandId(command.application(), id);
        }

        @Override
        public Set<String> routes() {
            return file instanceof RolloutFileReader.Read.Valid valid
                    ? valid.plan().targets().stream()
                            .flatMap(target -> target.routes().stream())
                            .map(Route::identity)
                            .collect(Collectors.toSet())
                    : Set.of();
        }

        @Override
        public boolean asksAgain() {
            return command.type() == CommandType.RETRY || command.type() == CommandType.UNDO;
        }

        @Override
        public Optional<String> past() {
            return command.type() == CommandType.ASSESS
                    ? Optional.of(command.assessment().rollout())
                    : Optional.empty();
        }

        /** The first event of a fresh id takes it: the same command once more in this very batch is a repeat. */
        @Override
        public Event event(Instant at, Set<CommandId> fresh) {
            var repeated = !fresh.remove(idTaken());
            return new Event.CommandReceived(at, appendedAt, command, repeated, file, entrance);
        }
    }

    record OfVerdict(Verdict verdict, Arrival arrival) implements Incoming {
        @Override
        public String application() {
            return verdict.application();
        }

        @Override
        public Event event(Instant at, Set<CommandId> fresh) {
            return new Event.VerdictReceived(at, verdict);
        }
    }

    record OfReport(WeightReport report, Arrival arrival) implements Incoming {
        @Override
        public String application() {
            return report.application();
        }

        @Override
        public Event event(Instant at, Set<CommandId> fresh) {
            return new Event.ReportReceived(at, report);
        }
    }

    record OfAnswer(String application, WebhookAnswer answer) implements Incoming {
        @Override
        public Arrival arrival() {
            return Arrival.WITHIN;
        }

        @Override
        public Event event(Instant at, Set<CommandId> fresh) {
            return new Event.WebhookAnswered(answer, at);
        }
    }

    /** @param call id of the call whose callback it is */
    record OfCallback(String application, String call, Callback callback) implements Incoming {
        @Override
        public Arrival arrival() {
            return Arrival.WITHIN;
        }

        @Override
        public Event event(Instant at, Set<CommandId> fresh) {
            return new Event.WebhookCalledBack(call, callback.success(), callback.reason(), callback.links(), at);
        }
    }

    record OfTime(String application) implements Incoming {
        @Override
        public Arrival arrival() {
            return Arrival.WITHIN;
        }

        @Override
        public Event event(Instant at, Set<CommandId> fresh) {
            return new Event.TimeReached(at);
        }
    }
}
