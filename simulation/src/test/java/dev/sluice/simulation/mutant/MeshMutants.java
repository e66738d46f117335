package dev.sluice.simulation.mutant;

import dev.sluice.applier.core.Decider;
import dev.sluice.applier.core.Event;
import dev.sluice.applier.core.RoutingObject;
import dev.sluice.applier.core.Rules;
import dev.sluice.applier.core.Sight;
import dev.sluice.applier.mesh.Document;
import dev.sluice.applier.mesh.Mesh;
import dev.sluice.applier.mesh.Meshes;
import dev.sluice.applier.mesh.RouteObjects;
import dev.sluice.applier.mesh.Write;
import dev.sluice.simulation.invariant.EverythingElseSurvives;
import dev.sluice.simulation.invariant.Invariant;
import dev.sluice.simulation.invariant.NextVersionIsShownFirst;
import dev.sluice.simulation.invariant.NobodyIsKeptWithoutTraffic;
import dev.sluice.simulation.invariant.PausedObjectsAreLeftAlone;
import dev.sluice.simulation.invariant.WeightsAreWhatWasOrdered;
import dev.sluice.simulation.invariant.WhatIsReadIsWhatIsFelt;
import dev.sluice.simulation.machine.Parts;
import dev.sluice.simulation.manifest.Tree;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Meshes that read or write objects a little wrong. */
final class MeshMutants {
    private static final Decider REAL = new Decider(Rules.DEFAULT);

    private MeshMutants() {}

    static List<Mutant> all() {
        return List.of(
                writes(
                        "a mesh that leaves a weight of 0 out",
                        WeightsAreWhatWasOrdered.class,
                        document -> entries(document).forEach(entry -> entry.remove("weight", 0))),
                writes(
                        "a mesh that drops a field it doesn't know",
                        EverythingElseSurvives.class,
                        document -> Tree.open(document, "spec").remove("unheardOf")),
                writes(
                        "a mesh that writes the rules beside its own",
                        EverythingElseSurvives.class,
                        document -> lists(document)
                                .filter(list -> list.size() == 1)
                                .forEach(list -> list.getFirst().put("weight", 1))),
                writes(
                        "a mesh that hands a cookie out whatever the weight",
                        NobodyIsKeptWithoutTraffic.class,
                        document -> entries(document)
                                .forEach(entry -> entry.put("headers", Map.of("response", "canary=sluice-0")))),
                new Mutant(
                        "a mesh that writes what carries the traffic first",
                        NextVersionIsShownFirst.class,
                        Parts.REAL.withWrites(List::reversed)),
                new Mutant(
                        "a mesh that takes an absent weight in Istio for 1",
                        WhatIsReadIsWhatIsFelt.class,
                        Parts.REAL.withMeshes(reading("istio", MeshMutants::withWeights))),
                new Mutant(
                        "a mesh that takes an absent weight in Gateway API for 0",
                        WhatIsReadIsWhatIsFelt.class,
                        Parts.REAL.withMeshes(reading("gatewayApi", MeshMutants::withoutDefault))),
                new Mutant(
                        "an applier that overlooks that an object is paused",
                        PausedObjectsAreLeftAlone.class,
                        Parts.REAL.withApplier((state, event) -> REAL.decide(state, unpaused(event)))));
    }

    private static Mutant writes(String name, Class<? extends Invariant> trips, Consumer<Document> change) {
        return new Mutant(name, trips, Parts.REAL.withWrites(planned -> {
            planned.forEach(write -> {
                switch (write) {
                    case Write.Create create -> change.accept(create.document());
                    case Write.Update update -> change.accept(update.document());
                    case Write.Scale scale -> {}
                    case Write.Delete delete -> {}
                }
            });
            return planned;
        }));
    }

    /** The lists of backends in an object, whatever its kind. */
    private static Stream<List<Map<String, Object>>> lists(Document document) {
        return Stream.of("rules", "http")
                .flatMap(rules -> document.list("spec", rules).stream())
                .flatMap(rule -> Stream.of("backendRefs", "route").map(rule::list))
                .filter(entries -> !entries.isEmpty())
                .map(entries -> entries.stream().map(Document::content).toList());
    }

    private static List<Map<String, Object>> entries(Document document) {
        return lists(document).flatMap(List::stream).toList();
    }

    private static Document withWeights(Document document) {
        return with(document, 1);
    }

    private static Document withoutDefault(Document document) {
        return with(document, 0);
    }

    private static Document with(Document document, int absent) {
        var changed = document.copy();
        lists(changed)
                .filter(list -> list.size() > 1)
                .flatMap(List::stream)
                .forEach(entry -> entry.putIfAbsent("weight", absent));
        return changed;
    }

    /** All meshes, of which one reads something else than what is there. */
    private static Meshes reading(String name, UnaryOperator<Document> read) {
        return new Meshes(new Meshes()
                .all().stream()
                        .map(mesh -> mesh.name().equals(name) ? reading(mesh, read) : mesh)
                        .toList());
    }

    private static Mesh reading(Mesh real, UnaryOperator<Document> read) {
        return (Mesh) Proxy.newProxyInstance(
                Mesh.class.getClassLoader(), new Class<?>[] {Mesh.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("read")) {
                        var objects = (RouteObjects) arguments[0];
                        arguments[0] = objects.with(objects.mainRef(), read.apply(objects.main()));
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static Event unpaused(Event event) {
        return switch (event) {
            case Event.ObjectSeen(var sight, var at) -> new Event.ObjectSeen(unpaused(sight), at);
            case Event.Looked(var sight, var ready, var missing, var blind, var running, var at) ->
                new Event.Looked(unpaused(sight), ready, missing, blind, running, at);
            default -> event;
        };
    }

    private static Sight unpaused(Sight sight) {
        return sight instanceof Sight.Present(RoutingObject object) && object.paused()
                ? new Sight.Present(new RoutingObject(
                        object.uid(),
                        object.resourceVersion(),
                        object.routed(),
                        object.lastApplied(),
                        object.fence(),
                        object.managed(),
                        false,
                        object.editors(),
                        object.advice()))
                : sight;
    }
}
