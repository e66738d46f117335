package dev.sluice.cli.command;

import dev.sluice.cli.Exit;
import dev.sluice.cli.Session;
import dev.sluice.cli.Stop;
import dev.sluice.cli.output.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dlq} */
@Command(
        name = "dlq",
        description = "Looks at dead letters: records that nobody could read. Reads Kafka alone (--bootstrap).",
        subcommands = {Dlq.ListTopics.class, Dlq.Show.class, Dlq.Redrive.class})
final class Dlq implements Runnable {
    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say which: list, show or redrive.");
    }

    /** {@code dlq list} */
    @Command(name = "list", description = "How many dead letters each topic has, and what was wrong with the newest.")
    static final class ListTopics implements Callable<Integer> {
        private record Shown(String topic, int letters, String newest, String error) {}

        private final Session session;

        ListTopics(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() throws Stop {
            var brokers = session.brokers();
            var shown = new ArrayList<Shown>();
            for (var topic : DeadLetters.topics()) {
                var letters = DeadLetters.of(brokers, topic);
                var newest = letters.isEmpty() ? null : DeadLetters.Shown.of(topic, letters.getLast());
                shown.add(new Shown(
                        topic.word(),
                        letters.size(),
                        newest == null ? null : newest.time(),
                        newest == null ? null : newest.error()));
            }
            session.printer().print(shown, () -> {
                var table = new Table("TOPIC", "LETTERS", "NEWEST", "WHAT WAS WRONG WITH IT");
                shown.forEach(one -> table.row(one.topic(), one.letters(), one.newest(), one.error()));
                return table.toString();
            });
            return Exit.DONE.code();
        }
    }

    /** {@code dlq show} */
    @Command(name = "show", description = "The newest dead letters of a topic, with what was wrong and what they say.")
    static final class Show implements Callable<Integer> {
        @Parameters(paramLabel = "TOPIC", description = "Without the prefix, such as commands.")
        String word;

        @Option(
                names = "--limit",
                paramLabel = "N",
                defaultValue = "20",
                description = "How many. ${DEFAULT-VALUE} unless said.")
        int limit;

        private final Session session;

        Show(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() throws Stop {
            var topic = DeadLetters.topic(word);
            var letters = DeadLetters.of(session.brokers(), topic);
            var shown = letters.subList(Math.max(0, letters.size() - limit), letters.size()).stream()
                    .map(letter -> DeadLetters.Shown.of(topic, letter))
                    .toList();
            session.printer().print(shown, () -> {
                var table = new Table("ID", "TIME", "WHAT WAS WRONG", "FROM", "VALUE");
                shown.forEach(one -> table.row(one.id(), one.time(), one.error(), one.source(), one.value()));
                return table.toString();
            });
            return Exit.DONE.code();
        }
    }

    /** {@code dlq redrive} */
    @Command(
            name = "redrive",
            description =
                    "Sends dead letters to their topic again as they were, once what was in their way is mended. They stay "
                            + "where they are, too.")
    static final class Redrive implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "TOPIC", description = "Without the prefix, such as commands.")
        String word;

        @Parameters(
                index = "1..*",
                arity = "0..*",
                paramLabel = "ID",
                description = "Which, as dlq show has them: partition/offset.")
        List<String> ids = List.of();

        @Option(names = "--all", description = "All of them.")
        boolean all;

        private final Session session;

        Redrive(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() throws Stop {
            var topic = DeadLetters.topic(word);
            if (all != ids.isEmpty()) {
                throw new Stop(
                        Exit.INVALID, "Say which dead letters, as sluice dlq show " + word + " has them, or --all");
            }
            var brokers = session.brokers();
            var sent = new ArrayList<String>();
            for (var letter : DeadLetters.of(brokers, topic)) {
                if (all || ids.contains(DeadLetters.id(letter))) {
                    brokers.send(asItWas(letter, topic.name(brokers.prefix())));
                    sent.add(DeadLetters.id(letter));
                }
            }
            session.printer().print(sent, () -> "sent again: " + (sent.isEmpty() ? "none" : String.join(", ", sent)));
            var missing = ids.stream().filter(id -> !sent.contains(id)).toList();
            if (!missing.isEmpty()) {
                throw new Stop(Exit.INVALID, "There are no such dead letters of " + word + ": " + missing);
            }
            return Exit.DONE.code();
        }

        private static ProducerRecord<byte[], byte[]> asItWas(ConsumerRecord<byte[], byte[]> letter, String topic) {
            var record = new ProducerRecord<>(topic, letter.key(), letter.value());
            letter.headers().forEach(header -> {
                if (!header.key().startsWith(DeadLetters.ADDED)) {
                    record.headers().add(header);
                }
            });
            return record;
        }
    }
}
