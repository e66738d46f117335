package dev.sluice.applier.mesh;

import dev.sluice.applier.TestOrder;
import dev.sluice.applier.core.Decider;
import dev.sluice.applier.core.Decision;
import dev.sluice.applier.core.EndpointCount;
import dev.sluice.applier.core.Event;
import dev.sluice.applier.core.Failure;
import dev.sluice.applier.core.RouteState;
import dev.sluice.applier.core.Rules;
import dev.sluice.applier.core.Sight;
import dev.sluice.applier.core.Traits;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.message.WeightReport;
import dev.sluice.schemas.message.WeightReport.Outcome;
import dev.sluice.schemas.rollout.mesh.MeshEntries;
import dev.sluice.schemas.rollout.mesh.MeshEntry;
import dev.sluice.schemas.wire.Json;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;

/**
 * Two Deployments on an API server of their own, which counts versions and generations and refuses what is outdated; their
 * pods become ready at once or when told. The mesh and the rules are the real ones.
 */
final class Workloads {
    private static final MeshEntry.Named ENTRY = MeshEntries.named("replicas")
            .flatMap(entry -> entry.read(Json.mapper().createObjectNode().put("activeWorkload", "checkout")))
            .orElseThrow();

    private final Mesh mesh = new Replicas();
    private final Decider decider = new Decider(Rules.DEFAULT);
    private final Map<ObjectRef, Document> stored = new LinkedHashMap<>();
    private final List<WeightReport> reports = new ArrayList<>();
    private final Queue<Event> events = new ArrayDeque<>();
    private RouteState state = RouteState.open(through(TestOrder.of(0)).route());
    private RouteObjects latest;
    private Instant now = TestOrder.NOW;
    private boolean isReadyAtOnce;
    private int version = 100;
    private String held = "";
    private int writesLeft = Integer.MAX_VALUE;
    private int fewestReady = Integer.MAX_VALUE;

    Workloads(int active, int canary) {
        var order = through(TestOrder.of(0));
        var refs = mesh.objects(order, RouteIdentity.parse(order.route()).orElseThrow());
        latest = new RouteObjects(refs, Map.of(), Map.of());
        put(refs.getFirst(), active);
        put(refs.getLast(), canary);
        measure();
    }

    private static WeightOrder through(TestOrder order) {
        return order.through("replicas", ENTRY).build();
    }

    private void put(ObjectRef ref, int replicas) {
        var metadata = new HashMap<String, Object>(
                Map.of("name", ref.name(), "uid", "u-" + ref.name(), "resourceVersion", "1", "generation", 1));
        stored.put(
                ref,
                new Document(new HashMap<>(
                        Map.of("metadata", metadata, "spec", new HashMap<>(Map.of("replicas", replicas))))));
        tell(ref, replicas, replicas);
    }

    void areReadyAtOnce() {
        isReadyAtOnce = true;
    }

    void areReadyWhenTold() {
        isReadyAtOnce = false;
    }

    /** From then on nothing of what is asked for is done. */
    void crashAfter(int writes) {
        writesLeft = writes;
    }

    /** Whatever number is asked for of this one: the API server says yes, and a webhook says no. */
    void hold(String name) {
        held = name;
    }

    void restart(TestOrder log) {
        writesLeft = Integer.MAX_VALUE;
        state = RouteState.reading(state.route());
        latest = new RouteObjects(latest.refs(), Map.of(), Map.of());
        order(log);
        take(new Event.LogRead(now));
    }

    void order(TestOrder order) {
        take(new Event.OrderRead(through(order), Traits.SCALED.serving(mesh.served(through(order))), now));
    }

    void pass(Instant time) {
        now = time;
    }

    /** So many of its pods are. */
    void ready(String name, int count) {
        tell(ref(name), Replicated.of(ref(name), stored.get(ref(name))).wanted(), count);
        shown(ref(name));
    }

    void scaleByHand(String name, int replicas) {
        scaleUnseen(name, replicas);
        shown(ref(name));
    }

    void scaleUnseen(String name, int replicas) {
        change(ref(name), new Write.Scale(ref(name), stored.get(ref(name)), replicas).scaled());
    }

    /** The object with all its notes, behind no watch. */
    void delete(String name) {
        var ref = ref(name);
        stored.remove(ref);
        latest = latest.with(ref, null);
    }

    void look() {
        take(new Event.Reminded(now));
    }

    /** Of the active workload and the canary. */
    List<Integer> replicas() {
        return stored.entrySet().stream()
                .map(one -> Replicated.of(one.getKey(), one.getValue()).wanted())
                .toList();
    }

    int fewestReady() {
        return fewestReady;
    }

    WeightReport report() {
        return reports.getLast();
    }

    List<Outcome> outcomes() {
        return reports.stream().map(WeightReport::outcome).toList();
    }

    private ObjectRef ref(String name) {
        return stored.keySet().stream()
                .filter(ref -> ref.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** What the workload's controller says. */
    private void tell(ObjectRef ref, int pods, int ready) {
        var told = stored.get(ref).copy();
        told.content()
                .put(
                        "status",
                        new HashMap<>(Map.of(
                                "observedGeneration",
                                told.at("metadata", "generation"),
                                "replicas",
                                pods,
                                "readyReplicas",
                                ready)));
        change(ref, told);
    }

    private void change(ObjectRef ref, Document document) {
        var before = stored.get(ref);
        var metadata = document.open("metadata");
        metadata.put("resourceVersion", String.valueOf(++version));
        // of a Deployment annotations count too
        var isNew = !before.at("spec").equals(document.at("spec"))
                || !Objects.equals(before.at("metadata", "annotations"), metadata.get("annotations"));
        if (isNew) {
            metadata.put("generation", (Integer) before.at("metadata", "generation") + 1);
        }
        stored.put(ref, document);
        if (isNew && isReadyAtOnce) {
            var wanted = Replicated.of(ref, document).wanted();
            tell(ref, wanted, wanted);
        }
        measure();
    }

    private void measure() {
        if (stored.size() == 2) {
            var ready = stored.entrySet().stream()
                    .mapToInt(one -> Replicated.of(one.getKey(), one.getValue()).ready())
                    .sum();
            fewestReady = Math.min(fewestReady, ready);
        }
    }

    /** By a watch. */
    private void shown(ObjectRef ref) {
        var order = state.order();
        if (order != null && latest.documents().size() == 2) {
            latest = latest.with(ref, stored.get(ref));
            events.add(new Event.ObjectSeen(new Sight.Present(Marks.read(mesh, latest, order)), now));
            take(new Event.EndpointsSeen(counts(order), now));
        }
    }

    private Map<String, EndpointCount> counts(WeightOrder order) {
        var counts = new HashMap<String, EndpointCount>();
        for (var backend : List.of(order.active(), order.canary())) {
            mesh.ready(latest, backend).ifPresent(count -> counts.put(backend, EndpointCount.ready(count)));
        }
        return counts;
    }

    private void take(Event first) {
        events.add(first);
        for (var steps = 0; !events.isEmpty(); steps++) {
            if (steps > 200) {
                throw new AssertionError("the rules never come to rest: " + events);
            }
            var decisions = decider.decide(state, events.remove());
            state = state.after(decisions);
            for (var decision : decisions) {
                switch (decision) {
                    case Decision.Call call -> answer(call).ifPresent(events::add);
                    case Decision.Report report -> reports.add(report.report());
                    default -> {}
                }
            }
        }
    }

    /** Empty where the one who asked is dead by then. */
    private Optional<Event> answer(Decision.Call call) {
        return switch (call) {
            case Decision.Look look -> {
                stored.forEach((ref, document) -> latest = latest.with(ref, document));
                yield Optional.of(new Event.Looked(
                        new Sight.Present(Marks.read(mesh, latest, look.order())),
                        counts(look.order()),
                        java.util.Set.of(),
                        now));
            }
            case Decision.Update update -> written(update);
            case Decision.Create create -> throw new AssertionError("never created: " + create);
            case Decision.Remove remove -> throw new AssertionError("never removed: " + remove);
        };
    }

    private Optional<Event> written(Decision.Update update) {
        if (!update.resourceVersion().equals(latest.resourceVersion())) {
            return Optional.of(new Event.WriteFailed(Failure.outdated("seen later ones"), now));
        }
        for (var write : Plan.of(mesh, latest, update.placement())) {
            if (writesLeft-- <= 0) {
                return Optional.empty();
            }
            var document = switch (write) {
                case Write.Update changed -> changed.document();
                case Write.Scale scale -> scale.ref().name().equals(held) ? stored.get(scale.ref()) : scale.scaled();
                case Write.Create create -> throw new AssertionError("never created: " + create);
                case Write.Delete delete -> throw new AssertionError("never removed: " + delete);
            };
            var known = stored.get(write.ref()).text("metadata", "resourceVersion");
            if (!known.equals(document.text("metadata", "resourceVersion"))) {
                return Optional.of(new Event.WriteFailed(Failure.outdated("the object keeps changing"), now));
            }
            change(write.ref(), document.copy());
            latest = latest.with(write.ref(), stored.get(write.ref()));
        }
        events.add(new Event.EndpointsSeen(counts(update.order()), now));
        return Optional.of(new Event.WriteSucceeded(new Sight.Present(Marks.read(mesh, latest, update.order())), now));
    }
}
