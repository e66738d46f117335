package dev.sluice.engine.core;

import dev.sluice.engine.core.state.Link;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.message.WeightReport;
import dev.sluice.schemas.rollout.RolloutFileReader;
import java.time.Instant;
import java.util.List;

/** What an application is told. {@code at} is when the engine took it up: the only clock the core knows. */
public sealed interface Event {
    Instant at();

    /**
     * A command arrived.
     *
     * @param appendedAt when the broker appended it: a command counts as of then, however late it is read (B37, B38)
     * @param repeated this id is known for this application already
     * @param file what the reader made of the command's rollout file; null but for {@code start} and {@code update}
     */
    record CommandReceived(
            Instant at,
            Instant appendedAt,
            Command command,
            boolean repeated,
            RolloutFileReader.Read file,
            Entrance entrance)
            implements Event {
        /** Of somebody who is believed. */
        public CommandReceived(
                Instant at, Instant appendedAt, Command command, boolean repeated, RolloutFileReader.Read file) {
            this(at, appendedAt, command, repeated, file, Entrance.BELIEVED);
        }

        public CommandReceived begunAt(String trace) {
            return new CommandReceived(at, appendedAt, command, repeated, file, entrance.begunAt(trace));
        }
    }

    record VerdictReceived(Instant at, Verdict verdict) implements Event {}

    record ReportReceived(Instant at, WeightReport report) implements Event {}

    /** A wake-up is due. Which one doesn't matter: the state knows every deadline. */
    record TimeReached(Instant at) implements Event {}

    /** A call was made, or could not be; the same again where the engine went down between the call and its commit. */
    record WebhookAnswered(WebhookAnswer answer, Instant at) implements Event {}

    /**
     * Whoever was called says how it went; it may come before the answer of the call itself.
     *
     * @param call its id
     * @param words of theirs; may be null
     */
    record WebhookCalledBack(String call, boolean success, String words, List<Link> links, Instant at)
            implements Event {
        public WebhookCalledBack {
            links = List.copyOf(links);
        }
    }
}
