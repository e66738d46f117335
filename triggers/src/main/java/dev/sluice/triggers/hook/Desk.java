package dev.sluice.triggers.hook;

import dev.sluice.schemas.wire.Json;
import dev.sluice.triggers.Meters;
import dev.sluice.triggers.cdevents.Heard;
import dev.sluice.triggers.files.RolloutFiles;
import dev.sluice.triggers.hook.Mapping.Event;
import dev.sluice.triggers.hook.Mapping.Start;
import dev.sluice.triggers.kafka.CommandSender;
import dev.sluice.triggers.kafka.CommandSender.NotSent;
import dev.sluice.triggers.kafka.Recipient;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/** Takes a webhook: who sent it, what follows, and whether Kafka has it. All of what follows is worked out before any of it is sent. */
@Singleton
public class Desk implements Recipient {
    public static final int MOST_BYTES = 1 << 20;

    private static final int LATER = 503;
    private static final Logger LOG = Logger.getLogger(Desk.class);

    private final Senders senders;
    private final RulesInForce rules;
    private final RolloutFiles files;
    private final CommandSender kafka;
    private final Meters meters;

    Desk(Senders senders, RulesInForce rules, RolloutFiles files, CommandSender kafka, Meters meters) {
        this.senders = senders;
        this.rules = rules;
        this.files = files;
        this.kafka = kafka;
        this.meters = meters;
    }

    /** What became of it. */
    public sealed interface Outcome {
        /**
         * @param started empty where no rule holds
         * @param unfit what is wrong with rules that hold and can't be carried out
         */
        record Taken(List<Started> started, List<String> unfit) implements Outcome {}

        /** @param status of HTTP */
        record Refused(int status, String error, String todo) implements Outcome {}
    }

    /** @param id of the command, and of the rollout if the engine takes it up */
    public record Started(String rule, String id, String application, String revision) {
        private static Started of(Start start) {
            var command = start.command();
            return new Started(start.rule(), command.id(), command.application(), command.revision());
        }
    }

    /**
     * Blocks.
     *
     * @param headers by names in lower case
     */
    public Outcome take(String name, Map<String, String> headers, byte[] body) {
        var sender = senders.named(name);
        if (sender.isEmpty()) {
            // whoever asks has proven nothing: the names that there are, are for the log
            LOG.warnf("a webhook of an unknown sender; known are %s", new TreeSet<>(senders.names()));
            return new Outcome.Refused(
                    404,
                    "There is no sender " + name,
                    "Say it in sluice.triggers.hooks.senders." + name
                            + ".kind; the log of the triggers has those that there are");
        }
        if (body.length > MOST_BYTES) {
            return new Outcome.Refused(413, "The body has " + body.length + " bytes", "Send at most " + MOST_BYTES);
        }
        try {
            var refusal = sender.get()
                    .kind()
                    .refusal(
                            headers,
                            sender.get().header(),
                            sender.get().secret().now(),
                            body);
            if (refusal.isPresent()) {
                meters.refused(name);
                return new Outcome.Refused(
                        refusal.get().status(),
                        "This is not " + name + ": " + refusal.get().words(),
                        "Give both sides the secret of sluice.triggers.hooks.senders." + name);
            }
        } catch (IOException e) {
            LOG.error("a sender's secret can't be read", e);
            return new Outcome.Refused(503, "The secret of " + name + " can't be read now", "Try again");
        }
        return known(name, sender.get().kind(), headers, body);
    }

    /** What a topic brought: whoever may write there needs no other proof. */
    @Override
    public Optional<String> later(Map<String, String> headers, byte[] body) {
        var outcome = known(Senders.TOPIC, Kind.CDEVENTS, headers, body);
        if (outcome instanceof Outcome.Refused refused && refused.status() != LATER) {
            meters.refused(Senders.TOPIC);
            LOG.warnf("an event of the topic is passed over: %s", refused.error());
        }
        return outcome instanceof Outcome.Refused refused && refused.status() == LATER
                ? Optional.of(refused.error())
                : Optional.empty();
    }

    private Outcome known(String sender, Kind kind, Map<String, String> headers, byte[] body) {
        try {
            var json = Json.mapper().readTree(body);
            if (json == null || !json.isContainerNode()) {
                return new Outcome.Refused(422, "The body is no JSON object", "Have " + sender + " send one");
            }
            if (kind == Kind.CDEVENTS) {
                json = Heard.of(headers, json);
                if (!Heard.mayStart(json)) {
                    return new Outcome.Taken(List.of(), List.of());
                }
            }
            return started(new Event(sender, kind.object(json), json, headers));
        } catch (IOException e) {
            return new Outcome.Refused(422, "The body is no JSON", "Have " + sender + " send application/json");
        } catch (Heard.Unfit e) {
            return new Outcome.Refused(422, e.getMessage(), "See https://cdevents.dev for what an event has");
        }
    }

    private Outcome started(Event event) {
        var sender = event.sender();
        var found = new Mapping(rules.now(), files).found(event);
        var started = new ArrayList<Started>();
        var unfit = new ArrayList<>(found.unfit());
        for (var start : found.starts()) {
            try {
                send(sender, start);
                started.add(Started.of(start));
            } catch (NotSent e) {
                meters.notSent(sender);
                if (!e.isHopeless()) {
                    return new Outcome.Refused(LATER, e.getMessage(), "Try again; the same event again is safe");
                }
                unfit.add("rule " + start.rule() + ": " + e.getMessage());
            }
        }
        unfit.forEach(words -> LOG.warnf("a webhook can't be carried out sender=%s reason=%s", sender, words));
        return started.isEmpty() && !unfit.isEmpty()
                ? new Outcome.Refused(422, String.join("; ", unfit), "Correct the rule or its file; then send it again")
                : new Outcome.Taken(started, unfit);
    }

    private void send(String sender, Start start) throws NotSent {
        kafka.send(start.command());
        meters.sent(sender, start.command().type().word());
        LOG.infof(
                "sent type=start id=%s application=%s sender=%s rule=%s",
                start.command().id(), start.command().application(), sender, start.rule());
    }
}
