package dev.sluice.notifier.core;

import dev.sluice.schemas.message.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that is remembered of one target, in one record of the ledger, so that what was seen and what is to be sent for it are stored
 * together or not at all.
 *
 * @param form of this record; a later version's is not for this one to read
 * @param version of the newest status that was looked at, with its {@code updatedAt}
 * @param status that status; null once the target is forgotten
 * @param rules whether each held of it, by {@link Rule#key}
 * @param messages the oldest first; of those that are over only the last ones
 */
public record Entry(
        int form,
        String application,
        String target,
        long version,
        Instant updatedAt,
        Status status,
        Map<String, Boolean> rules,
        List<Message> messages) {
    public static final int FORM = 1;

    /** Of one target; with them a record stays below the ledger's limit. */
    static final int MOST_OPEN = 20;

    private static final int MOST_OVER = 30;
    /** How long a forgotten target's record goes on telling repeats apart. */
    private static final Duration FORGOTTEN = Duration.ofDays(1);

    public Entry {
        rules = Map.copyOf(rules);
        messages = List.copyOf(messages);
    }

    static Entry of(Status status, Map<String, Boolean> rules, List<Message> messages) {
        return new Entry(
                FORM,
                status.application(),
                status.target(),
                status.version(),
                status.updatedAt(),
                status,
                rules,
                messages);
    }

    /** A status that was sent again, or overtaken by a newer one, is nothing new; after a {@code delete} versions may begin anew. */
    boolean isBefore(Status other) {
        return other.version() > version || other.updatedAt().isAfter(updatedAt);
    }

    /** The target is no longer on the status topic; what is to be sent is sent all the same. */
    public Entry forgotten() {
        return new Entry(FORM, application, target, version, updatedAt, null, Map.of(), messages);
    }

    public boolean isOutdated(Instant now) {
        return status == null
                && messages.stream().noneMatch(Message::isOpen)
                && updatedAt.plus(FORGOTTEN).isBefore(now);
    }

    /** Empty where the message isn't there, or its delivery is over already. */
    public Optional<Message> waiting(String message, String channel) {
        return messages.stream()
                .filter(each -> each.id().equals(message) && each.waiting().contains(channel))
                .findFirst();
    }

    public List<Message> open() {
        return messages.stream().filter(Message::isOpen).toList();
    }

    public Entry with(String message, String channel, Delivery delivery) {
        var all = messages.stream()
                .map(each -> each.id().equals(message) ? each.with(channel, delivery) : each)
                .toList();
        return new Entry(FORM, application, target, version, updatedAt, status, rules, bounded(all));
    }

    /** Of those that are over the last ones are kept, for people to look up; the others could not be told twice any more. */
    private static List<Message> bounded(List<Message> messages) {
        var over = messages.stream().filter(message -> !message.isOpen()).count();
        var kept = new ArrayList<Message>();
        for (var message : messages) {
            if (message.isOpen() || over <= MOST_OVER) {
                kept.add(message);
            } else {
                over--;
            }
        }
        return kept;
    }
}
