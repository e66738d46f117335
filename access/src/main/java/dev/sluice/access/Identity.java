package dev.sluice.access;

import java.util.Set;

/**
 * Who has proven to be whom.
 *
 * @param name as rules and the audit say it
 * @param groups that the proof names
 */
public record Identity(String name, Set<String> groups) {
    /** What a command can carry. */
    private static final int MOST_GROUPS = 200;

    private static final int LONGEST_GROUP = 128;
    private static final int LONGEST_NAME = 256;

    public Identity {
        groups = Set.copyOf(groups);
    }

    /** What of a proof can't be carried on with a command; null where all can. */
    String tooMuch() {
        if (name == null || name.isBlank() || name.length() > LONGEST_NAME) {
            return "The token names nobody, or with more than " + LONGEST_NAME + " characters";
        }
        return groups.size() > MOST_GROUPS || groups.stream().anyMatch(group -> group.length() > LONGEST_GROUP)
                ? "The token has more than " + MOST_GROUPS + " groups, or one of more than " + LONGEST_GROUP
                        + " characters"
                : null;
    }
}
