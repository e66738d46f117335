package dev.sluice.simulation.invariant;

import dev.sluice.applier.mesh.Document;
import dev.sluice.simulation.manifest.Tree;
import dev.sluice.simulation.people.Hands;
import dev.sluice.simulation.world.Observation;
import java.util.Map;
import java.util.Set;

/**
 * A write of Sluice's changes the weights of its route and Sluice's own marks, and not a byte beside: after a rollout the
 * object is what it was but for the outcome (B16, B20). A backend that isn't the route's keeps its share (B17).
 */
public final class EverythingElseSurvives implements Invariant {
    private static final Set<String> COUNTED = Set.of("resourceVersion", "generation", "managedFields");
    private static final String OURS = "sluice.dev/";
    /** Percent: numbers have a largest one. */
    private static final double TOLERANCE = 1e-3;

    @Override
    public void see(Observation seen) {
        switch (seen) {
            case Observation.Stored stored
            when stored.before() != null && stored.after() != null -> {
                var before = rest(stored, stored.before());
                var after = rest(stored, stored.after());
                if (!before.equals(after)) {
                    throw new Violation(this, stored.route() + " changed " + before + " into " + after);
                }
            }
            case Observation.Written written
            when !written.byHand()
                    && written.before() != null
                    && written.after() != null
                    && written.before().servesAll()
                    && !written.before().uneven()
                    && written.after().fence() != null -> others(written);
            default -> {}
        }
    }

    private static Map<String, Object> rest(Observation.Stored stored, Document document) {
        var rest = document.copy();
        var metadata = Tree.open(rest, "metadata");
        metadata.keySet().removeAll(COUNTED);
        stripMarks(rest, "annotations");
        stripMarks(rest, "labels");
        stored.site().manifest().strip(rest, stored.site());
        return rest.content();
    }

    private static void stripMarks(Document document, String part) {
        var marks = Tree.open(document, "metadata", part);
        marks.keySet().removeIf(name -> name.startsWith(OURS) && !name.equals(OURS + "paused"));
        if (marks.isEmpty()) {
            Tree.open(document, "metadata").remove(part);
        }
    }

    private void others(Observation.Written written) {
        var before = written.before();
        var after = written.after();
        if (Math.abs(before.share(Hands.ANOTHER) - after.share(Hands.ANOTHER)) > TOLERANCE) {
            throw new Violation(
                    this, written.route() + " changed the share of a backend of others: " + before + " into " + after);
        }
    }
}
