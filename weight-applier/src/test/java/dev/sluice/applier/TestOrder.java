package dev.sluice.applier;

import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.message.WeightOrder.End;
import dev.sluice.schemas.rollout.Ownership;
import dev.sluice.schemas.rollout.Readiness;
import dev.sluice.schemas.rollout.TargetPlan.OnEndpointsLost;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Orders for tests, one change at a time: a plain one of 25 % for {@code shop/checkout}, on SMI, to begin with. */
public record TestOrder(
        String namespace,
        String name,
        long generation,
        long sequence,
        String active,
        String canary,
        Weight weight,
        String uid,
        boolean begin,
        End end,
        boolean force,
        Instant deadline,
        Ownership ownership,
        Readiness readiness,
        String mesh,
        String root) {
    public static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    public static final long GENERATION = 1_795_170_000_000L;

    public static TestOrder of(int percent) {
        return new TestOrder(
                "shop",
                "checkout",
                GENERATION,
                2,
                "checkout",
                "checkout-canary",
                Weight.percent(percent),
                null,
                false,
                null,
                false,
                NOW.plus(Duration.ofMinutes(30)),
                Ownership.OWN,
                Readiness.DEFAULT,
                "smi",
                "checkout");
    }

    public static TestOrder begins() {
        var order = of(0);
        return new TestOrder(
                order.namespace,
                order.name,
                order.generation,
                1,
                order.active,
                order.canary,
                order.weight,
                null,
                true,
                null,
                false,
                order.deadline,
                order.ownership,
                order.readiness,
                order.mesh,
                order.root);
    }

    public TestOrder in(String other) {
        return new TestOrder(
                other,
                name,
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
                ownership,
                readiness,
                mesh,
                root);
    }

    public TestOrder numbered(long number) {
        return new TestOrder(
                namespace,
                name,
                generation,
                number,
                active,
                canary,
                weight,
                uid,
                begin,
                end,
                force,
                deadline,
                ownership,
                readiness,
                mesh,
                root);
    }

    public TestOrder ofGeneration(long other) {
        return new TestOrder(
                namespace, name, other, sequence, active, canary, weight, uid, begin, end, force, deadline, ownership,
                readiness, mesh, root);
    }

    public TestOrder between(String activeBackend, String canaryBackend) {
        return new TestOrder(
                namespace,
                name,
                generation,
                sequence,
                activeBackend,
                canaryBackend,
                weight,
                uid,
                begin,
                end,
                force,
                deadline,
                ownership,
                readiness,
                mesh,
                root);
    }

    public TestOrder weighing(String percent) {
        var other = percent == null ? null : Weight.of(new BigDecimal(percent));
        return new TestOrder(
                namespace,
                name,
                generation,
                sequence,
                active,
                canary,
                other,
                uid,
                begin,
                end,
                force,
                deadline,
                ownership,
                readiness,
                mesh,
                root);
    }

    public TestOrder withUid(String known) {
        return new TestOrder(
                namespace,
                name,
                generation,
                sequence,
                active,
                canary,
                weight,
                known,
                begin,
                end,
                force,
                deadline,
                ownership,
                readiness,
                mesh,
                root);
    }

    public TestOrder ending(End how) {
        return new TestOrder(
                namespace,
                name,
                generation,
                sequence,
                active,
                canary,
                weight,
                uid,
                begin,
                how,
                force,
                deadline,
                ownership,
                readiness,
                mesh,
                root);
    }

    public TestOrder forced() {
        return new TestOrder(
                namespace,
                name,
                generation,
                sequence,
                active,
                canary,
                weight,
                uid,
                begin,
                end,
                true,
                deadline,
                ownership,
                readiness,
                mesh,
                root);
    }

    public TestOrder until(Instant time) {
        return new TestOrder(
                namespace,
                name,
                generation,
                sequence,
                active,
                canary,
                weight,
                uid,
                begin,
                end,
                force,
                time,
                ownership,
                readiness,
                mesh,
                root);
    }

    public TestOrder owning(Ownership how) {
        return new TestOrder(
                namespace,
                name,
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
                how,
                readiness,
                mesh,
                root);
    }

    public TestOrder needing(Readiness endpoints) {
        return new TestOrder(
                namespace,
                name,
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
                ownership,
                endpoints,
                mesh,
                root);
    }

    public TestOrder on(String otherMesh) {
        return new TestOrder(
                namespace,
                name,
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
                ownership,
                readiness,
                otherMesh,
                root);
    }

    public TestOrder rootedAt(String service) {
        return new TestOrder(
                namespace,
                name,
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
                ownership,
                readiness,
                mesh,
                service);
    }

    public String route() {
        return "prod/" + namespace + "/trafficsplits.split.smi-spec.io/" + name;
    }

    public WeightOrder build() {
        return new WeightOrder(
                "r1",
                "shop/checkout",
                "prod",
                "prod",
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
                "1.4.2",
                ownership,
                readiness,
                OnEndpointsLost.ROLLBACK,
                null,
                null,
                null,
                false,
                Map.of(
                        mesh,
                        Map.of(
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
