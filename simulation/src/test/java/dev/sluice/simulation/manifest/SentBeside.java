package dev.sluice.simulation.manifest;

import dev.sluice.applier.mesh.Document;
import java.util.List;

/**
 * What a canary gets beside its weight, among rules: one for the requests that match, and copies of others.
 *
 * @param matches the key of a rule's matches
 * @param copies the keys of a rule that copies, which Git has in none
 */
record SentBeside(String matches, List<String> copies) {
    boolean isMatching(List<Document> rules) {
        return rules.stream().anyMatch(this::isForMatching);
    }

    boolean isCopying(List<Document> rules) {
        return rules.stream().anyMatch(rule -> copies.stream().anyMatch(key -> rule.at(key) != null));
    }

    private boolean isForMatching(Document rule) {
        return String.valueOf(rule.at(matches)).contains(Manifest.BETA);
    }

    /** Takes both out. Changes the list and its rules. */
    void strip(List<Object> rules, List<Document> ofRoute) {
        rules.removeAll(ofRoute.stream()
                .filter(this::isForMatching)
                .map(Document::content)
                .toList());
        ofRoute.forEach(rule -> rule.content().keySet().removeAll(copies));
    }
}
