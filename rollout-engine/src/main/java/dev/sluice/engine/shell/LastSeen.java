package dev.sluice.engine.shell;

import dev.sluice.engine.postgres.Unlocked.Seen;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What this instance stored of applications last, so that it needs not ask the database for what it wrote itself. Whether it
 * is still so is for the guard of the next changes to say, as with everything that is read without a lock: another
 * instance's change costs one transaction that is done again, and nothing else.
 */
@ApplicationScoped
class LastSeen {
    /** Some 20 KB each with a large plan; whoever is worked on more seldom than that is read again. */
    private static final int MOST = 2_000;

    private final Map<String, Seen> byApplication = new LinkedHashMap<>(16, 0.75f, true);

    /** Those of them that are known, by name. */
    synchronized Map<String, Seen> of(Collection<String> applications) {
        var known = new HashMap<String, Seen>();
        for (var name : applications) {
            var seen = byApplication.get(name);
            if (seen != null) {
                known.put(name, seen);
            }
        }
        return known;
    }

    synchronized void stored(Map<String, Seen> seen) {
        byApplication.putAll(seen);
        var eldest = byApplication.keySet().iterator();
        for (int tooMany = byApplication.size() - MOST; tooMany > 0; tooMany--) {
            eldest.next();
            eldest.remove();
        }
    }

    synchronized void forget(Collection<String> applications) {
        byApplication.keySet().removeAll(applications);
    }
}
