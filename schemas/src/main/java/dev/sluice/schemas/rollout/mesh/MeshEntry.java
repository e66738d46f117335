package dev.sluice.schemas.rollout.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.Weight;
import java.util.Map;
import java.util.Optional;

/**
 * How the entries of one mesh in a rollout file are read: which object they name, and which two backends. One class per
 * mesh, found by {@link java.util.ServiceLoader}; its JSON Schema is the property of the mesh's name in {@code
 * rollout-file.schema.json}, under {@code $defs/trafficManagement}. What writes such objects is the applier's plug-in of
 * the same name.
 */
public interface MeshEntry {
    /** The key in a rollout file's {@code trafficManagement}. */
    String name();

    /** The smallest difference between two weights that an entry's object can carry. */
    default Weight resolution(JsonNode entry) {
        return FINEST;
    }

    /** Whatever a weight can say: a hundredth of a percent. */
    Weight FINEST = new Weight(1);

    /** Meshes that count to 100. */
    Weight WHOLE_PERCENT = Weight.percent(1);

    /**
     * What an entry's object can carry beside weights: a match, copies of requests, clients that stay.
     *
     * @param entry as in the file, or as an order carries it
     */
    default Beside beside(JsonNode entry) {
        return Beside.NOTHING;
    }

    /** Whether each of the two backends is a Service of its own, whose selector can be switched. */
    default boolean hasServices(JsonNode entry) {
        return true;
    }

    /** Empty where the entry lacks what it takes; the schema has told that already. */
    Optional<Named> read(JsonNode entry);

    /**
     * What an entry names.
     *
     * @param kind of the object, as {@code plural.group}; of the core group {@code plural} alone
     * @param object its name
     * @param rule the part of the object that is meant; null where that is all of it
     * @param active the backend that the file names as active
     * @param canary the other one
     * @param entry with defaults filled in, as the applier gets it
     */
    record Named(String kind, String object, String rule, String active, String canary, Map<String, Object> entry) {
        public Named {
            entry = Map.copyOf(entry);
        }

        /** The route's identity: the same object has the same one everywhere. */
        public String identity(String cluster, String namespace) {
            return cluster + "/" + namespace + "/" + kind + "/" + object + (rule == null ? "" : "/" + rule);
        }
    }
}
