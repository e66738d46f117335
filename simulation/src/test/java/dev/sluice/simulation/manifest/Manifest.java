package dev.sluice.simulation.manifest;

import dev.sluice.applier.mesh.Document;
import dev.sluice.applier.mesh.Kind;
import dev.sluice.applier.mesh.Meshes;
import dev.sluice.applier.mesh.ObjectRef;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How people write the objects of one mesh, and what their customers feel of them: a reading of its own, from the mesh's
 * documentation, so that a mistake of the applier's isn't blessed by itself.
 */
public interface Manifest {
    String NAMESPACE = "shop";

    /** The header that every match of a run looks at: by it a rule for them is told from others. */
    String BETA = "x-beta";

    /** The applier's mesh that serves it. */
    String mesh();

    /** The rule of its object that a route is; empty where it is all of it. */
    default Optional<String> rule(Site site) {
        return Optional.empty();
    }

    /** What its objects are called, the one that carries the traffic first. */
    default List<String> objects(Site site) {
        return List.of(site.name());
    }

    /** The rollout file's entry. */
    default Map<String, Object> entry(Site site) {
        return Map.of();
    }

    /** As it stands in Git; empty where nobody but Sluice writes it. */
    Optional<Document> git(Site site, String object);

    /** Whether Sluice makes it. */
    default boolean isOwned() {
        return false;
    }

    /** Whether all traffic goes one way or the other. */
    default boolean isWhole() {
        return false;
    }

    /** Where weights stand, for who set them last. */
    List<String> field();

    /** By backend; of several lists of one route the mean share. One list's are as they are written. */
    Map<String, BigDecimal> weights(Document main, Site site);

    /** Whether a request may meet nobody. */
    default boolean isStarving(Document main, Site site) {
        return weights(main, site).values().stream().allMatch(weight -> weight.signum() == 0);
    }

    /** Whether several lists that should say the same don't. */
    default boolean isUneven(Document main, Site site) {
        return false;
    }

    /** A hand sets these; a backend that isn't listed is added. Changes the document. */
    void divide(Document main, Site site, Map<String, BigDecimal> weights);

    /** A hand lists a backend once more. Changes the document. */
    default void listAgain(Document main, Site site, String backend, BigDecimal weight) {
        throw new UnsupportedOperationException(mesh() + " has no lists");
    }

    /** A hand leaves one entry of each backend, with all the weight it had. Changes the document. */
    default void listOnce(Document main, Site site) {
        throw new UnsupportedOperationException(mesh() + " has no lists");
    }

    /** Whether clients can be kept at its canaries by a cookie. */
    default boolean keepsClients() {
        return false;
    }

    /** Whether some are. */
    default boolean isKeeping(Document main, Site site) {
        return false;
    }

    /** Whether requests that match go to a backend whatever the weights. */
    default boolean isMatching(Document main, Site site) {
        return false;
    }

    /** Whether a backend gets copies of others' requests. */
    default boolean isCopying(Document main, Site site) {
        return false;
    }

    /** Takes out what a write of the route may change beside metadata. Changes the document. */
    void strip(Document document, Site site);

    /** A kind that the real mesh serves, as that has it. */
    static Kind kind(String mesh) {
        return KINDS.get(mesh);
    }

    Map<String, Kind> KINDS = kinds();

    private static Map<String, Kind> kinds() {
        var all = new HashMap<String, Kind>();
        new Meshes()
                .all()
                .forEach(mesh -> mesh.kinds().stream().findFirst().ifPresent(kind -> all.put(mesh.name(), kind)));
        return Map.copyOf(all);
    }

    default List<ObjectRef> refs(Site site) {
        return objects(site).stream()
                .map(object -> new ObjectRef(kind(mesh()), NAMESPACE, object))
                .toList();
    }
}
