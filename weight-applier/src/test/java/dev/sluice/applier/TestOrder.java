package dev.sluice.applier;

import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.message.WeightOrder.End;
import dev.sluice.schemas.message.WeightOrder.Selector;
import dev.sluice.schemas.rollout.Match;
import dev.sluice.schemas.rollout.Mirror;
import dev.sluice.schemas.rollout.Ownership;
import dev.sluice.schemas.rollout.Readiness;
import dev.sluice.schemas.rollout.SessionAffinity;
import dev.sluice.schemas.rollout.TargetPlan.FirstDeployment;
import dev.sluice.schemas.rollout.TargetPlan.OnEndpointsLost;
import dev.sluice.schemas.rollout.mesh.MeshEntry;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Orders for tests: a plain one for {@code shop/checkout}, on SMI, to begin with; each change gives another order and
 * leaves this one as it is.
 */
public final class TestOrder {
    public static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    public static final long GENERATION = 1_795_170_000_000L;

    private String cluster = "prod";
    private String namespace = "shop";
    private String name = "checkout";
    private long generation = GENERATION;
    private long sequence = 2;
    private String active = "checkout";
    private String canary = "checkout-canary";
    private Weight weight = Weight.ZERO;
    private String uid;
    private boolean begin;
    private End end;
    private boolean force;
    private Instant deadline = NOW.plus(Duration.ofMinutes(30));
    private Ownership ownership = Ownership.OWN;
    private Readiness readiness = Readiness.DEFAULT;
    private FirstDeployment firstDeployment;
    private Duration settle;
    private Selector selector;
    private Match match;
    private Mirror mirror;
    private SessionAffinity affinity;
    private boolean check;
    private boolean observe;
    private Map<String, Object> workload;
    private String rollout = "r1";
    private String revision = "1.4.2";
    private String mesh = "smi";
    private String root = "checkout";
    private MeshEntry.Named entry;

    private TestOrder() {}

    private TestOrder with(Consumer<TestOrder> change) {
        var changed = new TestOrder();
        changed.cluster = cluster;
        changed.namespace = namespace;
        changed.name = name;
        changed.generation = generation;
        changed.sequence = sequence;
        changed.active = active;
        changed.canary = canary;
        changed.weight = weight;
        changed.uid = uid;
        changed.begin = begin;
        changed.end = end;
        changed.force = force;
        changed.deadline = deadline;
        changed.ownership = ownership;
        changed.readiness = readiness;
        changed.firstDeployment = firstDeployment;
        changed.settle = settle;
        changed.selector = selector;
        changed.match = match;
        changed.mirror = mirror;
        changed.affinity = affinity;
        changed.check = check;
        changed.observe = observe;
        changed.workload = workload;
        changed.rollout = rollout;
        changed.revision = revision;
        changed.mesh = mesh;
        changed.root = root;
        changed.entry = entry;
        change.accept(changed);
        return changed;
    }

    public static TestOrder of(int percent) {
        return new TestOrder().with(order -> order.weight = Weight.percent(percent));
    }

    public static TestOrder begins() {
        return of(0).numbered(1).with(order -> order.begin = true);
    }

    public TestOrder inCluster(String other) {
        return with(order -> order.cluster = other);
    }

    public TestOrder in(String other) {
        return with(order -> order.namespace = other);
    }

    public TestOrder named(String other) {
        return with(order -> order.name = other);
    }

    public TestOrder numbered(long number) {
        return with(order -> order.sequence = number);
    }

    public TestOrder ofGeneration(long other) {
        return with(order -> order.generation = other);
    }

    public TestOrder between(String activeBackend, String canaryBackend) {
        return with(order -> {
            order.active = activeBackend;
            order.canary = canaryBackend;
        });
    }

    public TestOrder weighing(String percent) {
        return with(order -> order.weight = percent == null ? null : Weight.of(new BigDecimal(percent)));
    }

    public TestOrder withUid(String known) {
        return with(order -> order.uid = known);
    }

    public TestOrder ending(End how) {
        return with(order -> order.end = how);
    }

    public TestOrder forced() {
        return with(order -> order.force = true);
    }

    public TestOrder until(Instant time) {
        return with(order -> order.deadline = time);
    }

    public TestOrder owning(Ownership how) {
        return with(order -> order.ownership = how);
    }

    public TestOrder needing(Readiness endpoints) {
        return with(order -> order.readiness = endpoints);
    }

    /** What an empty active backend means to this beginning. */
    public TestOrder first(FirstDeployment what, Duration certainty) {
        return with(order -> {
            order.firstDeployment = what;
            order.settle = certainty;
        });
    }

    /** An order to begin that is none of a rollout's first: the way back before anything was begun. */
    public TestOrder beginning() {
        return with(order -> order.begin = true);
    }

    /** Null: it isn't looked at. */
    public TestOrder selecting(Selector what) {
        return with(order -> order.selector = what);
    }

    /** Null: none. */
    public TestOrder matching(Match requests) {
        return with(order -> order.match = requests);
    }

    /** Null: none. */
    public TestOrder mirroring(Mirror copies) {
        return with(order -> order.mirror = copies);
    }

    /** Null: none. */
    public TestOrder keepingClients(SessionAffinity how) {
        return with(order -> order.affinity = how);
    }

    public TestOrder checking() {
        return with(order -> order.check = true);
    }

    /** Where another tool decides. */
    public TestOrder observing() {
        return with(order -> {
            order.check = true;
            order.observe = true;
            order.weight = null;
            order.sequence = 0;
            order.deadline = null;
        });
    }

    /** What runs behind the backends. */
    public TestOrder running(Map<String, Object> workloads) {
        return with(order -> order.workload = workloads);
    }

    public TestOrder ofRollout(String id) {
        return with(order -> order.rollout = id);
    }

    public TestOrder on(String otherMesh) {
        return with(order -> order.mesh = otherMesh);
    }

    /** Of another mesh, as a rollout file's entry names it. */
    public TestOrder through(String otherMesh, MeshEntry.Named named) {
        return between(named.active(), named.canary()).with(order -> {
            order.mesh = otherMesh;
            order.entry = named;
        });
    }

    public TestOrder ofRevision(String other) {
        return with(order -> order.revision = other);
    }

    /** Deployments of the backends' names, whose revision is a label's. */
    public TestOrder namingWorkloads() {
        return with(order -> order.workload = Map.of(
                "active", Map.of("kind", "Deployment", "name", order.active),
                "canary", Map.of("kind", "Deployment", "name", order.canary),
                "revisionFrom", Map.of("label", "app.kubernetes.io/version")));
    }

    public TestOrder rootedAt(String service) {
        return with(order -> order.root = service);
    }

    public long sequence() {
        return sequence;
    }

    public String route() {
        return entry == null
                ? cluster + "/" + namespace + "/trafficsplits.split.smi-spec.io/" + name
                : entry.identity(cluster, namespace);
    }

    public WeightOrder build() {
        return new WeightOrder(
                rollout,
                "shop/checkout",
                cluster,
                cluster,
                namespace,
                route(),
                generation,
                sequence,
                active,
                canary,
                weight,
                uid,
                begin,
                end,
                force,
                deadline,
                revision,
                ownership,
                readiness,
                OnEndpointsLost.ROLLBACK,
                firstDeployment,
                settle,
                workload,
                selector,
                match,
                mirror,
                affinity,
                check,
                observe,
                Map.of(
                        mesh,
                        entry != null
                                ? entry.entry()
                                : Map.of(
                                        "rootServiceName",
                                        root,
                                        "activeServiceName",
                                        "checkout",
                                        "canaryServiceName",
                                        "checkout-canary",
                                        "trafficSplitName",
                                        name)));
    }
}
