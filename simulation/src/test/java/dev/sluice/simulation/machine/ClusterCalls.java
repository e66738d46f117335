package dev.sluice.simulation.machine;

import dev.sluice.applier.core.Decision;
import dev.sluice.applier.core.EndpointCount;
import dev.sluice.applier.core.Event;
import dev.sluice.applier.core.Failure;
import dev.sluice.applier.core.Placement;
import dev.sluice.applier.core.Sight;
import dev.sluice.applier.kubernetes.Sightings;
import dev.sluice.applier.mesh.Document;
import dev.sluice.applier.mesh.Mesh;
import dev.sluice.applier.mesh.Meshes;
import dev.sluice.applier.mesh.ObjectRef;
import dev.sluice.applier.mesh.Plan;
import dev.sluice.applier.mesh.RouteObjects;
import dev.sluice.applier.mesh.Write;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.simulation.cluster.ApiServer;
import dev.sluice.simulation.cluster.ApiServer.Answer;
import dev.sluice.simulation.world.Observation;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Carries out what routes ask of the API server, request by request, as the applier's adapter does: objects are read one
 * after the other and written one after the other, and anything may happen in between.
 */
final class ClusterCalls {
    private final ApplierMachine machine;
    private final ApiServer cluster;
    private final Parts parts;
    private final Sightings sightings;

    ClusterCalls(ApplierMachine machine, ApiServer cluster, Parts parts) {
        this.machine = machine;
        this.cluster = cluster;
        this.parts = parts;
        this.sightings = new Sightings(parts.meshes());
    }

    Sightings sightings() {
        return sightings;
    }

    Meshes.Match.Found found(WeightOrder order) {
        return (Meshes.Match.Found) parts.meshes().match(order);
    }

    /** Once a request is on its way, it arrives whatever becomes of the caller. */
    void carryOut(Decision.Call call, Consumer<Event> answer) {
        machine.world().note(machine.name(), "calls", call);
        switch (call) {
            case Decision.Look look -> new Look(look.order(), answer).next();
            case Decision.Create create -> create(create.placement(), answer);
            case Decision.Update update -> update(update, answer);
            case Decision.Remove remove -> remove(remove, answer);
        }
    }

    private void create(Placement placement, Consumer<Event> answer) {
        var order = placement.order();
        var found = found(order);
        var seen = sightings
                .latest(order.route())
                .orElseGet(() -> new RouteObjects(found.objects(order), Map.of(), Map.of()));
        if (seen.main() != null) {
            answer.accept(failed("the object is there by now"));
        } else {
            write(found.mesh(), order, Plan.of(found.mesh(), served(seen), placement), seen, answer);
        }
    }

    private void update(Decision.Update update, Consumer<Event> answer) {
        var order = update.placement().order();
        var mesh = found(order).mesh();
        sightings
                .at(order.route(), update.resourceVersion())
                .ifPresentOrElse(
                        seen -> write(mesh, order, Plan.of(mesh, served(seen), update.placement()), seen, answer),
                        () -> answer.accept(failed("the object keeps changing")));
    }

    private void remove(Decision.Remove remove, Consumer<Event> answer) {
        var order = remove.order();
        var mesh = found(order).mesh();
        sightings
                .at(order.route(), remove.resourceVersion())
                .ifPresentOrElse(
                        seen -> write(mesh, order, mesh.remove(seen, order), seen, answer),
                        () -> answer.accept(failed("the object keeps changing")));
    }

    private Event failed(String reason) {
        return new Event.WriteFailed(Failure.outdated(reason), machine.clock());
    }

    private void write(Mesh mesh, WeightOrder order, List<Write> planned, RouteObjects seen, Consumer<Event> answer) {
        write(mesh, order, parts.writes().apply(planned).iterator(), seen, answer);
    }

    private void write(Mesh mesh, WeightOrder order, Iterator<Write> left, RouteObjects now, Consumer<Event> answer) {
        if (!left.hasNext()) {
            answer.accept(new Event.WriteSucceeded(sightings.see(mesh, order, now), machine.clock()));
            return;
        }
        if (!machine.survives()) {
            return;
        }
        var write = left.next();
        ask(() -> cluster.execute(order.route(), write), done -> {
            if (done.failure() != null) {
                answer.accept(new Event.WriteFailed(done.failure(), machine.clock()));
            } else {
                var then = now.with(write.ref(), done.document());
                tellOthers(order, then, write.ref());
                write(mesh, order, left, then, answer);
            }
        });
    }

    private void tellOthers(WeightOrder order, RouteObjects now, ObjectRef written) {
        var isShared = now.refs().size() > 1 || found(order).route().rule() != null;
        if (isShared) {
            machine.seen(written, now.get(written).orElse(null));
        }
    }

    private static RouteObjects served(RouteObjects seen) {
        var versions = new HashMap<String, String>();
        seen.refs()
                .forEach(ref ->
                        versions.put(ref.kind().name(), ref.kind().versions().getFirst()));
        return new RouteObjects(seen.refs(), seen.documents(), versions);
    }

    /** One request; its answer, if one comes, finds the machine as it is then. */
    private void ask(Supplier<Answer> request, Consumer<Answer> answer) {
        var world = machine.world();
        var faults = machine.faults();
        world.in(faults.latencyMillis(), () -> {
            var lost = new Answer(null, Failure.failed("the API server did not answer"));
            if (cluster.isDown()) {
                later(answer, lost);
            } else if (faults.failsNow()) {
                later(answer, lost);
                if (world.chance().percent(50)) {
                    world.in(world.chance().between(0, 5000), () -> later(nobody -> {}, request.get()));
                }
            } else {
                later(answer, request.get());
            }
        });
    }

    private void later(Consumer<Answer> to, Answer answer) {
        machine.later(machine.faults().latencyMillis(), () -> to.accept(answer));
    }

    /** Reads one object after the other, and with the last one the endpoints. */
    private final class Look {
        private final WeightOrder order;
        private final Consumer<Event> answer;
        private final Mesh mesh;
        private final List<ObjectRef> refs;
        private final Map<ObjectRef, Document> documents = new HashMap<>();
        private final Map<String, EndpointCount> endpoints = new HashMap<>();
        private int read;

        private Look(WeightOrder order, Consumer<Event> answer) {
            this.order = order;
            this.answer = answer;
            this.mesh = found(order).mesh();
            this.refs = found(order).objects(order);
        }

        private RouteObjects objects() {
            return served(new RouteObjects(refs, documents, Map.of()));
        }

        private void next() {
            var ref = refs.get(read);
            ask(
                    () -> {
                        var got = cluster.read(ref);
                        if (got.document() != null) {
                            documents.put(ref, got.document());
                        }
                        if (ref.equals(refs.getLast())) {
                            List.of(order.active(), order.canary()).forEach(this::count);
                        }
                        return got;
                    },
                    got -> {
                        read++;
                        if (got.failure() != null) {
                            answer.accept(new Event.LookFailed(got.failure(), machine.clock()));
                        } else if (read < refs.size()) {
                            next();
                        } else {
                            done();
                        }
                    });
        }

        private void count(String backend) {
            var service = mesh.service(order, backend);
            var labels = mesh.labels(objects(), order, backend);
            if (service != null || !labels.isEmpty()) {
                endpoints.put(backend, EndpointCount.ready(cluster.ready(service, labels)));
            }
        }

        /** The request for the endpoints may fail alone. */
        private void done() {
            var sight = sightings.see(mesh, order, objects());
            if (sight instanceof Sight.Present(var object)) {
                // a watch may have shown a later version while the answer was on its way
                var main = sightings.latest(order.route()).orElseThrow().main();
                var felt = cluster.split(order.route(), main);
                machine.world().see(machine.name(), new Observation.Read(order.route(), object.routed(), felt));
            }
            var counted = machine.faults().failsNow() ? Map.<String, EndpointCount>of() : endpoints;
            answer.accept(new Event.Looked(sight, counted, Set.of(), machine.clock()));
        }
    }
}
