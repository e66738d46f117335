package dev.sluice.schemas.rollout.reader;

import dev.sluice.schemas.message.Problem;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong with a file, so that one reading tells everything. */
final class Problems {
    private final Set<Problem> found = new LinkedHashSet<>();

    void add(Pointer at, String message) {
        add(at, message, List.of());
    }

    void add(Pointer at, String message, Collection<String> allowed) {
        add(new Problem(at.toString(), message, List.copyOf(allowed)));
    }

    void add(Problem problem) {
        if (found.size() < Problem.MOST) {
            found.add(problem);
        } else if (!found.contains(problem)) {
            found.add(Problem.more());
        }
    }

    boolean none() {
        return found.isEmpty();
    }

    List<Problem> all() {
        return List.copyOf(found);
    }
}
