package dev.sluice.simulation.invariant;

import dev.sluice.applier.mesh.Document;
import dev.sluice.applier.mesh.ObjectRef;
import dev.sluice.simulation.manifest.Site;
import dev.sluice.simulation.manifest.TwoServices;
import dev.sluice.simulation.world.Observation;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Of a route that is made of two objects the second is written first: before the Service that carries the traffic is
 * switched to a version, the other one shows it, so that whoever comes after a crash between the two finds out which is
 * which.
 */
public final class NextVersionIsShownFirst implements Invariant {
    /** As Sluice wrote them last. */
    private final Map<String, Document> shown = new HashMap<>();

    @Override
    public void see(Observation seen) {
        if (seen instanceof Observation.Stored(Site site, String route, ObjectRef ref, Document before, Document after)
                && site.manifest() instanceof TwoServices
                && after != null) {
            if (!ref.equals(site.refs().getFirst())) {
                shown.put(route, after);
            } else if (before != null && isSwitched(before, after)) {
                check(route, site, after);
            }
        }
    }

    private static boolean isSwitched(Document before, Document after) {
        return !Objects.equals(before.at("spec", "selector"), after.at("spec", "selector"));
    }

    private void check(String route, Site site, Document live) {
        var preview = shown.get(route);
        if (preview == null || !remembers(preview, live)) {
            throw new Violation(
                    this,
                    route + " is switched to " + TwoServices.shown(live, site) + ", and the other Service, " + preview
                            + ", doesn't keep which version is whose");
        }
    }

    private static boolean remembers(Document preview, Document live) {
        return preview.at("metadata", "annotations") instanceof Map<?, ?> annotations
                && live.at("metadata", "annotations") instanceof Map<?, ?> marks
                && marks.entrySet().stream()
                        .filter(mark -> mark.getKey().toString().startsWith("sluice.dev/selectors-"))
                        .allMatch(mark -> mark.getValue().equals(annotations.get(mark.getKey())));
    }
}
