package dev.sluice.applier.preflight;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.applier.TestOrder;
import dev.sluice.applier.mesh.Document;
import dev.sluice.applier.mesh.Kind;
import dev.sluice.applier.mesh.Meshes;
import dev.sluice.applier.mesh.ObjectRef;
import dev.sluice.applier.mesh.Right;
import dev.sluice.applier.mesh.RouteObjects;
import dev.sluice.applier.mesh.Workload;
import dev.sluice.schemas.message.Finding;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.rollout.mesh.MeshEntries;
import dev.sluice.schemas.rollout.mesh.MeshEntry;
import dev.sluice.schemas.wire.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a check has read: nothing is wrong with it to begin with, and each change makes one thing otherwise. */
final class Look {
    static final String ACTIVE = "checkout";
    static final String CANARY = "checkout-canary";
    private static final MeshEntry.Named REPLICAS = MeshEntries.named("replicas")
            .flatMap(entry -> entry.read(Json.mapper().createObjectNode().put("activeWorkload", ACTIVE)))
            .orElseThrow();

    private final WeightOrder order;
    private final Meshes.Match.Found found;
    private final Map<ObjectRef, Document> documents = new HashMap<>();
    private final Set<ObjectRef> hidden = new HashSet<>();
    private final Map<String, List<String>> offered = new HashMap<>();
    private final Map<String, Optional<Document>> services = new HashMap<>();
    private final Map<String, Set<String>> ready = new HashMap<>();
    private final Map<String, Integer> unready = new HashMap<>();
    private final List<Workload> absent = new ArrayList<>();
    private final List<Right> denied = new ArrayList<>();
    private final Map<PolicyKind, List<Document>> policies = new HashMap<>();
    private final List<String> unread = new ArrayList<>();

    private Look(TestOrder order) {
        this.order = order.checking().build();
        this.found = (Meshes.Match.Found) new Meshes().match(this.order);
    }

    /** Of a beginning on SMI, whose split isn't there yet. */
    static Look at(TestOrder order) {
        return new Look(order)
                .service(ACTIVE, "{'app':'checkout'}", "{'name':'http','port':80}")
                .service(CANARY, "{'app':'checkout-canary'}", "{'name':'http','port':80}")
                .ready(ACTIVE, "a-1", "a-2")
                .ready(CANARY, "c-1");
    }

    static Look atBegin() {
        return at(TestOrder.begins());
    }

    /** Of a beginning where replicas are the weight: ten of the active workload and none of the other yet. */
    static Look atReplicas(TestOrder order) {
        return new Look(order.through("replicas", REPLICAS))
                .with(deployment(ACTIVE, 10))
                .further(deployment(CANARY, 0))
                .ready(ACTIVE, "a-1", "a-2");
    }

    private static String deployment(String name, int replicas) {
        return "{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'" + name + "','uid':'u-" + name
                + "','generation':1},'spec':{'replicas':" + replicas + "},'status':{'observedGeneration':1,'replicas':"
                + replicas + ",'readyReplicas':" + replicas + ",'availableReplicas':" + replicas + "}}";
    }

    /** The route's main object. */
    Look with(String json) {
        documents.put(refs().getFirst(), json(json));
        return this;
    }

    /** The route's last object. */
    Look further(String json) {
        documents.put(refs().getLast(), json(json));
        return this;
    }

    /** Its split, made by somebody. */
    Look split(String metadata, int active, int canary) {
        return with("{'apiVersion':'split.smi-spec.io/v1alpha4','kind':'TrafficSplit','metadata':" + metadata
                + ",'spec':{'service':'checkout','backends':[{'service':'checkout','weight':" + active
                + "},{'service':'checkout-canary','weight':" + canary + "}]}}");
    }

    Look hiding() {
        hidden.add(refs().getFirst());
        return this;
    }

    Look unserved(Kind kind, String... versions) {
        offered.put(kind.name(), List.of(versions));
        return this;
    }

    Look service(String name, String selector, String ports) {
        services.put(name, Optional.of(json("{'spec':{'selector':" + selector + ",'ports':[" + ports + "]}}")));
        return this;
    }

    Look missing(String service) {
        services.put(service, Optional.empty());
        return this;
    }

    Look ready(String backend, String... who) {
        ready.put(backend, Set.of(who));
        return this;
    }

    /** So many are behind it and not ready. */
    Look unready(String backend, int count) {
        unready.put(backend, count);
        return this;
    }

    /** Its canary's workload isn't there. */
    Look withoutCanaryWorkload() {
        absent.add(Workload.of(order).get(order.canary()));
        return this;
    }

    Look denied(String group, String plural, String... verbs) {
        denied.add(new Right(group, plural, List.of(verbs)));
        return this;
    }

    Look policy(PolicyKind kind, String name, String spec) {
        policies.computeIfAbsent(kind, none -> new ArrayList<>())
                .add(json("{'metadata':{'name':'" + name + "'},'spec':" + spec + "}"));
        return this;
    }

    Look unread(String what) {
        unread.add(what);
        return this;
    }

    Seen seen() {
        var versions = new HashMap<String, String>();
        refs().stream()
                .map(ObjectRef::kind)
                .filter(kind -> !offered.containsKey(kind.name()))
                .forEach(kind -> versions.put(kind.name(), kind.versions().getFirst()));
        var objects = new RouteObjects(refs(), documents, versions);
        return new Seen(
                order,
                found.mesh(),
                objects,
                hidden,
                offered,
                services,
                ready,
                unready,
                absent,
                denied,
                policies,
                unread);
    }

    /** All of it, where every write is tried with success. */
    List<Finding> findings() {
        return Check.findings(seen(), Rehearsal.of(seen()), List.of());
    }

    private List<ObjectRef> refs() {
        return found.objects(order);
    }

    /** With single quotes. */
    @SuppressWarnings("unchecked")
    static Document json(String text) {
        try {
            return new Document(Json.mapper().readValue(text.replace('\'', '"'), Map.class));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
