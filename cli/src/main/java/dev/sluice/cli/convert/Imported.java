package dev.sluice.cli.convert;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What became of another tool's file.
 *
 * @param rollout the rollout file
 * @param notes what has no equivalent, or needs a person's eye
 */
public record Imported(ObjectNode rollout, List<String> notes) {
    public Imported {
        notes = List.copyOf(notes);
    }
}
