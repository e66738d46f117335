package dev.sluice.simulation.invariant;

import dev.sluice.simulation.world.Observation;
import java.util.HashMap;
import java.util.Map;

/** However many engines believe that a partition is theirs, each record's effect is committed once and in order. */
public final class EachRecordIsTakenOnce implements Invariant {
    private final Map<String, Long> taken = new HashMap<>();

    @Override
    public void see(Observation seen) {
        switch (seen) {
            case Observation.Restored restored -> taken.clear();
            case Observation.Committed committed -> {
                if (committed.source() != null) {
                    check(committed.source());
                }
            }
            default -> {}
        }
    }

    private void check(String source) {
        var slash = source.lastIndexOf('/');
        var partition = source.substring(0, slash);
        var offset = Long.parseLong(source.substring(slash + 1));
        var before = taken.put(partition, offset);
        if (before != null && before >= offset) {
            throw new Violation(this, source + " is taken after " + before);
        }
    }
}
