package dev.sluice.applier.mesh;

import dev.sluice.applier.core.Annotations;
import dev.sluice.applier.core.Confirmation;
import dev.sluice.applier.core.Placement;
import dev.sluice.applier.core.Routed;
import dev.sluice.applier.core.Shares;
import dev.sluice.applier.core.Traits;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Fence;
import dev.sluice.schemas.message.WeightOrder;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * No mesh at all: a Service that selects the pods of two workloads divides its traffic by how many each has. Fence and
 * total are kept on both; replicas are set by {@code scale}, and only once both carry the order's fence.
 */
public class Replicas implements Mesh {
    private static final Kind DEPLOYMENT = Kind.namespaced("apps", "deployments", "Deployment", "v1");
    private static final Kind STATEFUL_SET = Kind.namespaced("apps", "statefulsets", "StatefulSet", "v1");
    private static final Kind REPLICA_SET = Kind.namespaced("apps", "replicasets", "ReplicaSet", "v1");
    private static final Kind AUTOSCALER =
            Kind.namespaced("autoscaling", "horizontalpodautoscalers", "HorizontalPodAutoscaler", "v2");
    private static final Kind SCALED_OBJECT = Kind.namespaced("keda.sh", "scaledobjects", "ScaledObject", "v1alpha1");

    @Override
    public String name() {
        return "replicas";
    }

    @Override
    public List<Kind> kinds() {
        return List.of(DEPLOYMENT, STATEFUL_SET, REPLICA_SET);
    }

    @Override
    public Use use(Kind kind) {
        return Use.SCALE;
    }

    /** KEDA makes an autoscaler of its own; what has to be removed is named first. */
    @Override
    public List<Kind> rivals() {
        return List.of(SCALED_OBJECT, AUTOSCALER);
    }

    @Override
    public List<List<String>> fields(WeightOrder order) {
        return List.of(List.of("spec", "replicas"));
    }

    @Override
    public Traits traits(WeightOrder order) {
        return Traits.SCALED;
    }

    @Override
    public List<ObjectRef> objects(WeightOrder order, RouteIdentity route) {
        var entry = entry(order);
        return kinds().stream()
                .filter(kind ->
                        kind.kind().equals(entry.text("kind")) && kind.name().equals(route.kind()))
                .findFirst()
                .map(kind -> List.of(
                        ObjectRef.of(kind, route),
                        new ObjectRef(kind, route.namespace(), entry.text("canaryWorkload"))))
                .orElse(List.of());
    }

    @Override
    public List<ObjectRef> weighed(RouteObjects objects) {
        return objects.refs();
    }

    /** The one Service has the pods of both. */
    @Override
    public String service(WeightOrder order, String backend) {
        return null;
    }

    @Override
    public Map<String, String> served(WeightOrder order) {
        var served = new HashMap<String, String>();
        for (var backend : List.of(order.active(), order.canary())) {
            served.put(backend, entry(order).text("kind") + " " + order.namespace() + "/" + backend);
        }
        return served;
    }

    @Override
    public Optional<Integer> ready(RouteObjects objects, String backend) {
        return workload(objects, backend).map(Replicated::ready);
    }

    @Override
    public Routed read(RouteObjects objects, WeightOrder order) {
        var weights = new HashMap<String, BigDecimal>();
        for (var backend : List.of(order.active(), order.canary())) {
            workload(objects, backend)
                    .ifPresent(workload -> weights.put(backend, BigDecimal.valueOf(workload.wanted())));
        }
        return Routed.by(weights, BigDecimal.ONE, unfit(objects, order))
                .confirmed(isInForce(objects, order) ? Confirmation.GIVEN : Confirmation.AWAITED)
                .with(marked(objects, order)
                        .flatMap(mark -> scaling(objects, order, mark.weight()))
                        .map(Scaling::pending)
                        .orElse(null));
    }

    private boolean isInForce(RouteObjects objects, WeightOrder order) {
        var canary = workload(objects, order.canary());
        return Stream.of(workload(objects, order.active()), canary)
                        .allMatch(workload ->
                                workload.filter(Replicated::isScaled).isPresent())
                && canary.orElseThrow().ready() == canary.orElseThrow().wanted();
    }

    private String unfit(RouteObjects objects, WeightOrder order) {
        var partner = objects.refs().getLast();
        if (objects.get(partner).isEmpty()) {
            return "the " + partner.kind().kind() + " " + partner.name() + " isn't there: create it"
                    + (partner.name().equals(order.canary()) ? " with replicas: 0" : "") + ", behind the Service of "
                    + objects.mainRef().name();
        }
        var autoscaler = objects.rivals().stream()
                .filter(rival -> objects.refs().stream().anyMatch(ref -> isScaling(rival, ref)))
                .min((one, other) -> other.text("kind").compareTo(one.text("kind")));
        if (autoscaler.isPresent()) {
            return "the " + autoscaler.get().text("kind") + " "
                    + autoscaler.get().text("metadata", "name")
                    + " scales one of the two workloads, whose replicas are the weight: remove it while they are, or"
                    + " divide the traffic by a mesh";
        }
        var total = total(objects, order);
        return total < 2
                ? "the two workloads have " + total + " replicas together, which can't be divided: scale "
                        + order.active() + " to 2 at least, or say a total"
                : null;
    }

    /** KEDA takes a Deployment where no kind is named. */
    private static boolean isScaling(Document rival, ObjectRef ref) {
        var kind = Objects.requireNonNullElse(rival.text("spec", "scaleTargetRef", "kind"), DEPLOYMENT.kind());
        var version = rival.text("spec", "scaleTargetRef", "apiVersion");
        return kind.equals(ref.kind().kind())
                && ref.name().equals(rival.text("spec", "scaleTargetRef", "name"))
                && (version == null || version.startsWith(ref.kind().group() + "/"));
    }

    /** Fence, total and mark first; then, once nothing of these is missing, whatever can be scaled by now. */
    @Override
    public List<Write> plan(RouteObjects objects, Placement placement) {
        var order = placement.order();
        var scaling = scaling(objects, order, placement.weight());
        var marks = new ArrayList<Write>();
        for (var ref : objects.refs().reversed()) {
            objects.get(ref).map(Document::copy).ifPresent(changed -> {
                remember(changed, order, objects);
                if (ref.equals(objects.mainRef())) {
                    mark(changed, order, scaling.map(Scaling::mark).orElse(null));
                }
                Marks.put(changed, placement);
                if (!changed.equals(objects.get(ref).orElseThrow())) {
                    marks.add(new Write.Update(ref, changed));
                }
            });
        }
        return marks.isEmpty() && scaling.filter(some -> some.pending() != null).isPresent()
                ? List.copyOf(scaling.get().writes())
                : List.copyOf(marks);
    }

    private void remember(Document workload, WeightOrder order, RouteObjects objects) {
        if (entry(order).at("total") == null) {
            workload.open("metadata", "annotations").put(key(order, "total"), String.valueOf(total(objects, order)));
        }
    }

    private static void mark(Document main, WeightOrder order, Scaling.Mark mark) {
        var annotations = main.open("metadata", "annotations");
        if (mark == null) {
            annotations.remove(key(order, "scaling"));
        } else {
            annotations.put(key(order, "scaling"), mark.toString());
        }
    }

    private static Optional<Scaling.Mark> marked(RouteObjects objects, WeightOrder order) {
        return Scaling.Mark.read(objects.main().text("metadata", "annotations", key(order, "scaling")));
    }

    /** Empty where no weight is ordered, or a workload that isn't there is to have replicas. */
    private Optional<Scaling> scaling(RouteObjects objects, WeightOrder order, Weight weight) {
        if (weight == null) {
            return Optional.empty();
        }
        var partner = objects.refs().getLast();
        var scaling = new Scaling(
                Replicated.of(objects.mainRef(), objects.main()),
                objects.get(partner)
                        .map(document -> Replicated.of(partner, document))
                        .orElseGet(() -> Replicated.missing(partner)),
                partner.name().equals(order.canary()),
                total(objects, order),
                weight,
                isNew(objects, order, weight),
                marked(objects, order).orElse(null),
                order.force());
        return Optional.of(scaling).filter(Scaling::canBeDone);
    }

    /** The rollout had another weight so far. */
    private static boolean isNew(RouteObjects objects, WeightOrder order, Weight weight) {
        return fence(objects, order)
                .filter(fence -> fence.generation() == order.generation() && !weight.equals(fence.weight()))
                .isPresent();
    }

    private static Optional<Fence> fence(RouteObjects objects, WeightOrder order) {
        return Annotations.readFence(
                objects.main().text("metadata", "annotations", Annotations.fenceKey(order.route())));
    }

    /** The file's; else what both have, unless a hand or a step of Sluice's own has left them so; then what is noted. */
    private int total(RouteObjects objects, WeightOrder order) {
        if (entry(order).at("total") instanceof Number total) {
            return total.intValue();
        }
        var present = objects.refs().stream()
                .flatMap(ref -> objects.get(ref).map(document -> Replicated.of(ref, document)).stream())
                .mapToInt(Replicated::wanted)
                .sum();
        return present > 0 && isAtRest(objects, order)
                ? present
                : objects.refs().stream()
                        .flatMap(ref -> objects.get(ref).stream())
                        .map(document -> document.text("metadata", "annotations", key(order, "total")))
                        .filter(text -> text != null && text.matches("\\d{1,9}"))
                        .findFirst()
                        .map(Integer::parseInt)
                        .orElse(present);
    }

    /** Nothing is under way, and the rollout begins just now, or has the weight that it was given. */
    private static boolean isAtRest(RouteObjects objects, WeightOrder order) {
        if (marked(objects, order).isPresent()) {
            return false;
        }
        var fence = fence(objects, order).filter(one -> one.generation() == order.generation());
        return fence.isPresent()
                ? new Shares(wanted(objects, order.active()), wanted(objects, order.canary()), BigDecimal.ONE)
                        .isAt(fence.get().weight())
                : order.begin() && order.end() == null;
    }

    private static BigDecimal wanted(RouteObjects objects, String backend) {
        return workload(objects, backend)
                .map(workload -> BigDecimal.valueOf(workload.wanted()))
                .orElse(BigDecimal.ZERO);
    }

    /** Backends are called as their workloads are. */
    private static Optional<Replicated> workload(RouteObjects objects, String backend) {
        return objects.refs().stream()
                .filter(ref -> ref.name().equals(backend))
                .findFirst()
                .flatMap(ref -> objects.get(ref).map(document -> Replicated.of(ref, document)));
    }

    private static String key(WeightOrder order, String what) {
        return Annotations.fenceKey(order.route()).replace("/fence-", "/" + what + "-");
    }
}
