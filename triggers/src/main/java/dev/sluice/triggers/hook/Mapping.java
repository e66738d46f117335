package dev.sluice.triggers.hook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.rollout.cel.EventExpression.Undefined;
import dev.sluice.schemas.wire.Json;
import dev.sluice.triggers.core.Prints;
import dev.sluice.triggers.files.RolloutFiles;
import dev.sluice.triggers.files.RolloutFiles.NoFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which starts follow from an event. The same event again leads to the same ids, and so to nothing new. */
final class Mapping {
    private final List<Rule> rules;
    private final RolloutFiles files;

    Mapping(List<Rule> rules, RolloutFiles files) {
        this.rules = rules;
        this.files = files;
    }

    /**
     * @param object what the event is about, as its sender names it
     * @param headers by names in lower case
     */
    record Event(String sender, String object, JsonNode body, Map<String, String> headers) {}

    /** One that follows from a rule. */
    record Start(String rule, Command command) {}

    /** A rule holds and can't be carried out. */
    private static final class Unfit extends Exception {
        private static final long serialVersionUID = 1;

        Unfit(String rule, String words) {
            super("rule " + rule + ": " + words);
        }
    }

    /**
     * What follows from all rules together.
     *
     * @param unfit what is wrong with those that hold and can't be carried out: it is not the others' concern
     */
    record Found(List<Start> starts, List<String> unfit) {}

    Found found(Event event) {
        var body = Json.mapper().convertValue(event.body(), Object.class);
        var starts = new ArrayList<Start>();
        var unfit = new ArrayList<String>();
        for (var rule : rules) {
            if (rule.senders().contains(event.sender()) && holds(rule, body, event)) {
                try {
                    starts.add(new Start(rule.name(), start(rule, body, event)));
                } catch (Unfit e) {
                    unfit.add(e.getMessage());
                }
            }
        }
        return new Found(starts, unfit);
    }

    /** One that asks for a field that this event doesn't have is not about this event. */
    private static boolean holds(Rule rule, Object body, Event event) {
        try {
            return rule.when().holds(body, event.headers());
        } catch (Undefined e) {
            return false;
        }
    }

    private Command start(Rule rule, Object body, Event event) throws Unfit {
        try {
            var revision = rule.revision().filled(body, event.headers());
            if (revision.isBlank()) {
                throw new Unfit(rule.name(), "the revision is empty");
            }
            var file = files.read(rule.file().filled(body, event.headers()));
            var application = file.path("application").asText();
            if (rule.application().isPresent()) {
                var expected = rule.application().get().filled(body, event.headers());
                if (!expected.equals(application)) {
                    throw new Unfit(rule.name(), "the file is about " + application + ", and not " + expected);
                }
            }
            var context = new LinkedHashMap<String, Object>();
            for (var value : rule.context().entrySet()) {
                context.put(value.getKey(), value.getValue().filled(body, event.headers()));
            }
            var own = rule.id().isPresent()
                    ? rule.id().get().filled(body, event.headers())
                    : event.object() + " " + revision;
            return command(event.sender(), rule.name(), own, application, revision, context, file);
        } catch (Undefined | NoFile e) {
            throw new Unfit(rule.name(), e.getMessage());
        }
    }

    private static Command command(
            String sender,
            String rule,
            String own,
            String application,
            String revision,
            Map<String, Object> context,
            JsonNode file) {
        return new Command(
                "hook." + sender + "." + Prints.of(rule + " " + application + " " + own),
                CommandType.START,
                application,
                null,
                "GitOps: webhook " + sender,
                List.of(),
                "rule " + rule,
                revision,
                context,
                null,
                file,
                null,
                null,
                null,
                true,
                null,
                null,
                false,
                false);
    }
}
