package dev.sluice.applier.preflight;

import dev.sluice.applier.mesh.Kind;
import dev.sluice.applier.mesh.Mesh;
import dev.sluice.applier.mesh.ObjectRef;
import dev.sluice.applier.mesh.Right;
import dev.sluice.applier.mesh.Workload;
import dev.sluice.schemas.message.Finding;
import dev.sluice.schemas.message.Finding.Code;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.rollout.Ownership;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What the applier's account has to be allowed for one order, and what it means where it isn't. */
public final class Allowed {
    /** Without these a watch is missing, for which looks make up. */
    private static final Set<String> FOR_WATCHES = Set.of("list", "watch");

    private static final Set<String> FOR_OWNERS = Set.of("create", "delete");

    private Allowed() {}

    /**
     * Each resource once.
     *
     * @param isServed whether the cluster serves a kind: what can't be there nobody has to look for
     */
    public static List<Right> needed(
            Mesh mesh, WeightOrder order, Collection<ObjectRef> refs, Predicate<Kind> isServed) {
        var kinds = refs.stream().map(ObjectRef::kind).distinct().toList();
        var verbs = new LinkedHashMap<Map.Entry<String, String>, Set<String>>();
        Stream.of(Right.of(mesh, kinds), Right.ofBackends(), ofWorkloads(order))
                .flatMap(List::stream)
                .filter(right -> mesh.rivals().stream().noneMatch(rival -> isOf(right, rival) && !isServed.test(rival)))
                .forEach(right -> verbs.computeIfAbsent(
                                Map.entry(right.group(), right.plural()), resource -> new LinkedHashSet<>())
                        .addAll(right.verbs()));
        var isOwned = order.ownership() == null || order.ownership() == Ownership.OWN;
        return verbs.entrySet().stream()
                .map(right -> new Right(
                        right.getKey().getKey(),
                        right.getKey().getValue(),
                        right.getValue().stream()
                                .filter(verb ->
                                        !FOR_OWNERS.contains(verb) || isMade(mesh, refs, right.getKey(), isOwned))
                                .toList()))
                .toList();
    }

    /** Whosever the object with the weights is, that of matches is Sluice's where it makes it. */
    private static boolean isMade(
            Mesh mesh, Collection<ObjectRef> refs, Map.Entry<String, String> resource, boolean isOwned) {
        var ofMatches = refs.stream()
                .filter(ref -> mesh.kindsOfMatches().contains(ref.kind())
                        && resource.equals(
                                Map.entry(ref.kind().group(), ref.kind().plural())))
                .toList();
        var main = refs.iterator().next();
        return ofMatches.isEmpty() ? isOwned : ofMatches.stream().anyMatch(ref -> mesh.makesForMatches(ref, main));
    }

    private static List<Right> ofWorkloads(WeightOrder order) {
        return Workload.of(order).values().stream()
                .flatMap(workload -> Right.ofWorkloads(workload.ref().kind()).stream()
                        .filter(right -> workload.needsReplicaSets()
                                || isOf(right, workload.ref().kind())))
                .toList();
    }

    static List<Finding> findings(Seen seen) {
        return seen.denied().stream().flatMap(right -> findings(right, seen)).toList();
    }

    private static Stream<Finding> findings(Right denied, Seen seen) {
        var hasNoOtherWay = denied.verbs().stream()
                .filter(verb -> isNeeded(denied, verb, seen))
                .toList();
        var others = denied.verbs().stream()
                .filter(verb -> !hasNoOtherWay.contains(verb))
                .toList();
        return Stream.of(
                        words(denied, hasNoOtherWay, seen).map(words -> Finding.error(Code.RIGHT_MISSING, words)),
                        words(denied, others, seen).map(words -> Finding.warning(Code.RIGHT_MISSING, words)))
                .flatMap(found -> found);
    }

    /** Pods and endpoints are counted by their lists; of Services a route of others needs to know no more than whether they are there. */
    private static boolean isNeeded(Right right, String verb, Seen seen) {
        var isRouted = seen.objects().refs().stream().map(ObjectRef::kind).anyMatch(kind -> isOf(right, kind));
        if (isRouted || Workload.KINDS.stream().anyMatch(kind -> isOf(right, kind))) {
            return !FOR_WATCHES.contains(verb);
        }
        return verb.equals("list") && !right.plural().equals("services");
    }

    /** For such objects, or a part of them: {@code deployments/scale}. */
    private static boolean isOf(Right right, Kind kind) {
        return right.group().equals(kind.group())
                && (right.plural().equals(kind.plural()) || right.plural().startsWith(kind.plural() + "/"));
    }

    private static boolean hasMatches(Seen seen) {
        return seen.objects().refs().stream()
                .map(ObjectRef::kind)
                .anyMatch(seen.mesh().kindsOfMatches()::contains);
    }

    private static Stream<String> words(Right right, List<String> verbs, Seen seen) {
        var namespace = seen.order().namespace();
        var kinds = seen.mesh().kinds().isEmpty()
                ? " --kind " + seen.objects().mainRef().kind().name()
                : "";
        return verbs.isEmpty()
                ? Stream.empty()
                : Stream.of("the applier may not " + String.join(", ", verbs) + " " + right.resource() + " in "
                        + namespace
                        + ": allow it; 'rights " + (hasMatches(seen) ? "--match " : "--mesh ")
                        + seen.mesh().name() + kinds + " --namespace " + namespace
                        + "' of the applier's jar prints all that it needs");
    }
}
