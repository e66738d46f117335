package dev.sluice.notifier.core;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One message, for the channels that its rule names.
 *
 * @param id the same whoever works it out, and again after a crash: of the rule, the rollout's target and the status that the rule began to hold at
 * @param version of that status
 * @param made when it came into the ledger
 * @param content null once no channel waits for it
 * @param deliveries by channel
 */
public record Message(
        String id,
        String rule,
        Occasion occasion,
        String application,
        String target,
        String rollout,
        long version,
        Instant made,
        Content content,
        Map<String, Delivery> deliveries) {
    private static final int ID_CHARS = 32;

    /** What makes a message the one that it is. */
    record Cause(String rule, String application, String target, String rollout, long version) {
        String id() {
            try {
                var text = String.join("\n", rule, application, target, rollout, Long.toString(version));
                var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
                return HexFormat.of().formatHex(digest).substring(0, ID_CHARS);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        }
    }

    public Message {
        deliveries = Map.copyOf(deliveries);
    }

    static Message of(Cause cause, Occasion occasion, Content content, Collection<String> channels, Instant now) {
        var deliveries = new TreeMap<String, Delivery>();
        channels.forEach(channel -> deliveries.put(channel, Delivery.waiting(now)));
        return new Message(
                cause.id(),
                cause.rule(),
                occasion,
                cause.application(),
                cause.target(),
                cause.rollout(),
                cause.version(),
                now,
                content,
                deliveries);
    }

    /** The channels that have neither got it nor given it up. */
    public List<String> waiting() {
        return deliveries.entrySet().stream()
                .filter(delivery -> delivery.getValue().isWaiting())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    boolean isOpen() {
        return !waiting().isEmpty();
    }

    Message with(String channel, Delivery delivery) {
        var all = new TreeMap<>(deliveries);
        all.put(channel, delivery);
        var isOpen = all.values().stream().anyMatch(Delivery::isWaiting);
        return new Message(
                id, rule, occasion, application, target, rollout, version, made, isOpen ? content : null, all);
    }
}
