package dev.sluice.schemas.rollout.reader;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Which of the file's targets take part. */
final class TargetChoice {
    private TargetChoice() {}

    /** @param narrowedTo the command's {@code targets}; empty: all of the file's. The file's order stays. */
    static List<String> of(JsonNode file, List<String> narrowedTo, Problems problems) {
        var all = new ArrayList<String>();
        file.path("targets").fieldNames().forEachRemaining(all::add);
        for (var name : narrowedTo) {
            if (!all.contains(name)) {
                problems.add(
                        Pointer.of("targets"), "the command asks for a target `" + name + "` that is not there", all);
            }
        }
        return narrowedTo.isEmpty()
                ? all
                : all.stream().filter(narrowedTo::contains).toList();
    }
}
