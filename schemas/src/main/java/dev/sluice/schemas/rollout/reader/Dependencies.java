package dev.sluice.schemas.rollout.reader;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Targets that wait for each other in a circle would never start. */
final class Dependencies {
    /** The schema refuses more targets; following so many here would only cost stack. */
    static final int MOST_TARGETS = 100;

    private final JsonNode targets;
    private final Problems problems;
    private final Set<String> followed = new HashSet<>();
    private final List<String> way = new ArrayList<>();

    Dependencies(JsonNode file, Problems problems) {
        this.targets = file.path("targets");
        this.problems = problems;
    }

    void check() {
        if (targets.size() <= MOST_TARGETS) {
            targets.fieldNames().forEachRemaining(this::follow);
        }
    }

    private void follow(String target) {
        if (way.contains(target)) {
            var circle = way.subList(way.indexOf(target), way.size());
            problems.add(
                    Pointer.of("targets", target, "constraints", "dependsOn"),
                    "the targets wait for each other in a circle: " + String.join(" -> ", circle) + " -> " + target);
        } else if (followed.add(target)) {
            way.add(target);
            of(targets.path(target)).forEach(this::follow);
            way.removeLast();
        }
    }

    static List<String> of(JsonNode target) {
        var names = new ArrayList<String>();
        target.path("constraints").path("dependsOn").forEach(name -> names.add(name.asText()));
        return names;
    }
}
