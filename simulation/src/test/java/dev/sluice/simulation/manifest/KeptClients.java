package dev.sluice.simulation.manifest;

import dev.sluice.applier.mesh.Document;
import java.util.List;
import java.util.Map;

/**
 * What keeps clients at a backend by a cookie, among rules: a rule for requests that have it, and a header that hands it out.
 *
 * @param matches the key of a rule's matches
 * @param entries the key of its backends
 * @param headers the key of whatever changes a backend's headers
 */
record KeptClients(String matches, String entries, String headers) {
    private static final String COOKIE = "canary=sluice-";

    boolean isIn(List<Document> rules) {
        return rules.stream().anyMatch(this::isForThem) || rules.stream().anyMatch(this::isHandedOut);
    }

    boolean isForThem(Document rule) {
        return String.valueOf(rule.at(matches)).contains(COOKIE);
    }

    private boolean isHandedOut(Document rule) {
        return rule.list(entries).stream().anyMatch(this::hasHeader);
    }

    private boolean hasHeader(Document entry) {
        return String.valueOf(entry.at(headers)).contains(COOKIE);
    }

    /** Takes both out. Changes the list and its rules. */
    void strip(List<Object> rules, List<Document> ofRoute) {
        rules.removeAll(
                ofRoute.stream().filter(this::isForThem).map(Document::content).toList());
        for (var rule : ofRoute) {
            rule.list(entries).stream().filter(this::hasHeader).forEach(this::stripHeader);
        }
    }

    private void stripHeader(Document entry) {
        var left = switch (entry.at(headers)) {
            case List<?> list -> list;
            case Map<?, ?> map -> map.values();
            case null, default -> List.of();
        };
        left.removeIf(some -> String.valueOf(some).contains(COOKIE));
        if (left.isEmpty()) {
            entry.content().remove(headers);
        }
    }
}
