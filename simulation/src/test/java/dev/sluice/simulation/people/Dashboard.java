package dev.sluice.simulation.people;

import dev.sluice.schemas.message.Status;
import dev.sluice.schemas.wire.Keys;
import java.util.Map;
import java.util.TreeMap;

/** The last status of each application and target: all that people look at. */
public final class Dashboard {
    private final TreeMap<String, Status> statuses = new TreeMap<>();

    /** @param status null: gone */
    public void show(String key, Status status) {
        if (status == null) {
            statuses.remove(key);
        } else {
            statuses.put(key, status);
        }
    }

    Status of(String application, String target) {
        return statuses.get(Keys.applicationTarget(application, target));
    }

    boolean isBusy(Scene scene) {
        return scene.targets().stream()
                .map(target -> of(scene.application(), target))
                .anyMatch(status -> status != null && !status.phase().isFinal());
    }

    public Map<String, Status> statuses() {
        return statuses;
    }
}
