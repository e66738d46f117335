package dev.sluice.notifier.core;

import dev.sluice.schemas.message.Status;
import dev.sluice.schemas.rollout.cel.StatusExpression.Result.Truth;
import dev.sluice.schemas.rollout.cel.StatusExpression.Result.Undefined;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a status leads to: which rules begin to hold with it, and so which messages are to be sent.
 *
 * @param beginning what was decided before it is remembered and told to nobody
 */
public record Watch(List<Rule> rules, Wording wording, Instant beginning) {
    /**
     * @param made new messages; all of them are in the entry
     * @param pushedOut messages that were given up because too many of this target wait
     */
    public record Seen(Entry entry, List<Message> made, List<Message> pushedOut, List<Trouble> troubles) {}

    /** A rule that can't be worked out for a status; it doesn't hold then. */
    public record Trouble(String rule, String words) {}

    /**
     * Empty where it is nothing new.
     *
     * @param known what is remembered of this application and target; null: nothing
     */
    public Optional<Seen> see(Entry known, Status status, Instant now) {
        return known == null || known.isBefore(status) ? Optional.of(seen(known, status, now)) : Optional.empty();
    }

    private Seen seen(Entry known, Status status, Instant now) {
        var before = known == null ? null : known.status();
        var isSameRollout = before != null && before.rollout().equals(status.rollout());
        var holding = new HashMap<String, Boolean>();
        var made = new ArrayList<Message>();
        var troubles = new ArrayList<Trouble>();
        for (var rule : rules) {
            if (!rule.isFor(status.application())) {
                continue;
            }
            var holds = holds(rule, status, before, troubles);
            holding.put(rule.key(), holds);
            if (holds
                    && !(isSameRollout && held(rule, known.rules(), before))
                    && !status.updatedAt().isBefore(beginning)) {
                made.add(message(rule, status, before, now));
            }
        }
        return joined(known == null ? List.of() : known.messages(), status, holding, made, troubles, now);
    }

    private static boolean holds(Rule rule, Status status, Status before, List<Trouble> troubles) {
        return switch (rule.when().of(status, before)) {
            case Truth(var holds) -> holds;
            case Undefined(var words) -> {
                troubles.add(new Trouble(rule.name(), words));
                yield false;
            }
        };
    }

    /** A rule that is new tells nothing that was so already. */
    private static boolean held(Rule rule, Map<String, Boolean> remembered, Status before) {
        var held = remembered.get(rule.key());
        return held == null ? rule.when().of(before, null) instanceof Truth(var holds) && holds : held;
    }

    private Message message(Rule rule, Status status, Status before, Instant now) {
        var cause = new Message.Cause(
                rule.name(), status.application(), status.target(), status.rollout(), status.version());
        return Message.of(cause, Occasion.of(status), wording.content(rule, status, before), rule.to(), now);
    }

    private static Seen joined(
            List<Message> known,
            Status status,
            Map<String, Boolean> holding,
            List<Message> made,
            List<Trouble> troubles,
            Instant now) {
        var all = new ArrayList<>(known);
        // one that came to the ledger and was not committed is there already
        made.removeIf(message -> known.stream().anyMatch(each -> each.id().equals(message.id())));
        all.addAll(made);
        var entry = Entry.of(status, holding, all);
        var pushedOut = new ArrayList<Message>();
        for (var open = entry.open(); open.size() > Entry.MOST_OPEN; open = entry.open()) {
            var oldest = open.getFirst();
            pushedOut.add(oldest);
            for (var channel : oldest.waiting()) {
                entry = entry.with(
                        oldest.id(), channel, Delivery.failed(0, now, "more than " + Entry.MOST_OPEN + " wait"));
            }
        }
        return new Seen(entry, List.copyOf(made), List.copyOf(pushedOut), List.copyOf(troubles));
    }
}
