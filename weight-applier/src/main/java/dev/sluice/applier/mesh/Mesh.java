package dev.sluice.applier.mesh;

import dev.sluice.applier.core.Placement;
import dev.sluice.applier.core.Routed;
import dev.sluice.applier.core.Traits;
import dev.sluice.schemas.message.WeightOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One way to divide traffic: where kinds of objects keep their weights. A plug-in is one class, found by {@link
 * java.util.ServiceLoader} and made of pure functions; its cases are the folders under {@code
 * src/test/resources/mesh/<name>}. What a rollout file says of it is the {@code MeshEntry} of the same name, in {@code
 * schemas}.
 */
public interface Mesh {
    /** The key in a rollout file's {@code trafficManagement} and in an order's {@code mesh}. */
    String name();

    /** Every kind that it reads or writes. */
    List<Kind> kinds();

    /** What it does with objects of one of its kinds. */
    default Use use(Kind kind) {
        return Use.EDIT;
    }

    /** Those of its kinds that a route has an object of only where its entry names one, for requests that match. */
    default Set<Kind> kindsOfMatches() {
        return Set.of();
    }

    /** Whether one of these is Sluice's to make where it isn't there, whosever the main object is. */
    default boolean makesForMatches(ObjectRef ref, ObjectRef main) {
        return use(ref.kind()) == Use.MAKE;
    }

    Traits traits(WeightOrder order);

    /**
     * What a route is made of. The main object, which its identity names, comes first, and the others always in the same
     * order.
     */
    default List<ObjectRef> objects(WeightOrder order, RouteIdentity route) {
        return kinds().stream()
                .filter(kind -> kind.name().equals(route.kind()))
                .map(kind -> ObjectRef.of(kind, route))
                .toList();
    }

    /** The rollout file's entry, as the order carries it. */
    default Document entry(WeightOrder order) {
        return new Document(order.mesh().get(name()));
    }

    /** The Service whose endpoints serve a backend; null where none is known. */
    default String service(WeightOrder order, String backend) {
        return backend;
    }

    /** What serves each backend, for people, where that isn't a Service of the backend's name. */
    default Map<String, String> served(WeightOrder order) {
        var served = new HashMap<String, String>();
        for (var backend : List.of(order.active(), order.canary())) {
            var service = service(order, backend);
            if (service != null && !service.equals(backend)) {
                served.put(backend, backend + " of Service " + order.namespace() + "/" + service);
            }
        }
        return served;
    }

    /** The Services whose endpoints are watched for an order's backends. */
    default Set<String> watched(WeightOrder order) {
        return Stream.of(order.active(), order.canary())
                .map(backend -> service(order, backend))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    /**
     * The labels that tell a backend's pods from the others of its Service, or where it has no Service of its own from all
     * others; empty where all of its Service's are its own.
     */
    default Map<String, String> labels(RouteObjects objects, WeightOrder order, String backend) {
        return Map.of();
    }

    /** Whether there are such labels at all: then pods are looked at. */
    default boolean readsPods() {
        return false;
    }

    /** Ready pods of a backend, where the route's objects tell; empty where its endpoints are counted. */
    default Optional<Integer> ready(RouteObjects objects, String backend) {
        return Optional.empty();
    }

    /** The objects that keep the weights: who set them last is read from these. */
    default List<ObjectRef> weighed(RouteObjects objects) {
        return List.of(objects.mainRef());
    }

    /** Services that a beginning makes, and that need not be there before. */
    default Set<String> makes(WeightOrder order) {
        return Set.of();
    }

    /** Kinds of objects that may set what is written here too: those of the namespace are all looked at before a raise. */
    default List<Kind> rivals() {
        return List.of();
    }

    /**
     * What is routed. Asked only where the main object is there.
     *
     * @return whatever is wrong with the objects is {@code unfit}, never an exception
     */
    Routed read(RouteObjects objects, WeightOrder order);

    /**
     * Where the main object keeps what is routed, such as {@code spec, backends}, and nothing else: who owns it, for the API
     * server, has set it.
     */
    List<List<String>> fields(WeightOrder order);

    /**
     * What has to be written so that the objects carry the placement, everything else as it was; the main object is
     * always among it. The order is the order of the writes: what gets traffic is made before traffic is sent there, and
     * taken away after. Where the main object isn't there it is created; that is asked for only where {@link
     * Traits#created}.
     *
     * <p>Marks (fence, label, owner) are put on whatever is planned, and an update that changes nothing is left out, by
     * {@link Plan}.
     */
    List<Write> plan(RouteObjects objects, Placement placement);

    /** Why the main object can't be created, with what to do; empty where it can. */
    default Optional<String> cannotCreate(RouteObjects objects, WeightOrder order) {
        return Optional.empty();
    }

    /** What goes with a route that Sluice created, once it is over. */
    default List<Write> remove(RouteObjects objects, WeightOrder order) {
        return List.of(new Write.Delete(objects.mainRef(), objects.main()));
    }
}
