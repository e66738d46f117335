package dev.sluice.applier.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.applier.core.Annotations;
import dev.sluice.schemas.wire.Json;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Applies what Git has whenever the object is otherwise, as Argo CD's self-heal does. */
final class GitLoop implements AutoCloseable {
    private static final Duration BEAT = Duration.ofMillis(100);
    private static final String MANAGER = "argocd-controller";
    private static final String OTHER = "sluice";

    /** Argo CD's two ways to apply, each with the mark by which it knows its objects. */
    enum Way {
        SERVER_SIDE("annotations", "argocd.argoproj.io/tracking-id"),
        CLIENT_SIDE("labels", "argocd.argoproj.io/instance");

        private final String part;
        private final String mark;

        Way(String part, String mark) {
            this.part = part;
            this.mark = mark;
        }

        String mark() {
            return mark;
        }
    }

    private final KubernetesClient client;
    private final Shop shop;
    private final Way way;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicInteger rounds = new AtomicInteger();
    private final AtomicInteger applied = new AtomicInteger();
    private volatile boolean ignoresDifferences;

    GitLoop(KubernetesClient client, Shop shop, Way way) {
        this.client = client;
        this.shop = shop;
        this.way = way;
    }

    /** Applies once, and from then on again and again. */
    GitLoop begin() {
        apply(Shop.backends(100, 0));
        Thread.ofVirtual().name("git-loop").start(this::repeat);
        return this;
    }

    /** As its {@code ignoreDifferences} say, with {@code managedFieldsManagers: [sluice]}: what Sluice has set stays. */
    void ignoreDifferences() {
        ignoresDifferences = true;
    }

    /** How often it has looked. */
    int rounds() {
        return rounds.get();
    }

    /** How often it has found something to apply. */
    int applied() {
        return applied.get();
    }

    private void repeat() {
        try {
            while (!ended.await(BEAT.toMillis(), TimeUnit.MILLISECONDS)) {
                round();
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private void round() {
        try {
            var live = shop.split().get();
            var wanted = ignoresDifferences && isSetBySluice(live) ? backends(live) : Shop.backends(100, 0);
            if (!backends(live).equals(wanted)) {
                apply(wanted);
                applied.incrementAndGet();
            }
            rounds.incrementAndGet();
        } catch (KubernetesClientException lostARace) {
            // the next round looks again
        }
    }

    private static List<Map<String, Object>> backends(GenericKubernetesResource live) {
        return live.get("spec", "backends");
    }

    private static boolean isSetBySluice(GenericKubernetesResource live) {
        return live.getMetadata().getManagedFields().stream()
                .filter(entry -> OTHER.equals(entry.getManager()))
                .map(ManagedFieldsEntry::getFieldsV1)
                .anyMatch(fields -> fields.getAdditionalProperties().get("f:spec") instanceof Map<?, ?> spec
                        && spec.containsKey("f:backends"));
    }

    private void apply(List<Map<String, Object>> backends) {
        var metadata = new HashMap<String, Object>();
        metadata.put(way.part, Map.of(way.mark, "shop"));
        var git = shop.described("checkout", metadata, backends);
        switch (way) {
            case SERVER_SIDE ->
                client.resource(git).fieldManager(MANAGER).forceConflicts().serverSideApply();
            case CLIENT_SIDE -> {
                git.getMetadata().setAnnotations(Map.of(Annotations.LAST_APPLIED, json(git)));
                if (shop.split().get() == null) {
                    client.resource(git).create();
                } else {
                    client.resource(git)
                            .patch(new PatchContext.Builder()
                                    .withPatchType(PatchType.JSON_MERGE)
                                    .withFieldManager(MANAGER)
                                    .build());
                }
            }
        }
    }

    private static String json(GenericKubernetesResource git) {
        try {
            return Json.mapper().writeValueAsString(git);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        ended.countDown();
    }
}
