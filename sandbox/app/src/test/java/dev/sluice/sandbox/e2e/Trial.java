package dev.sluice.sandbox.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.sluice.sandbox.shop.SplitWatch;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.Status;
import dev.sluice.schemas.wire.Json;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.ProducerRecord;

/** One application under test, seen and driven from outside only: Kafka messages in, statuses and the split out. */
final class Trial implements AutoCloseable {
    static final String TARGET = "prod";
    static final String NAMESPACE = "shop";
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final List<String> SERVED = List.of("", "-blue", "-green");

    private final World world;
    private final String name;
    private final Partitioning partitioning;
    private final List<Status> statuses = new CopyOnWriteArrayList<>();
    private final SeenShares weights;
    private final Traffic traffic;

    /** Which partition a message goes to; null leaves it to Java's default. */
    interface Partitioning {
        Integer partition(Topic topic, String key);
    }

    Trial(String name) {
        this(World.running(), name);
    }

    Trial(World world, String name) {
        this(world, name, (topic, key) -> null, SERVED);
    }

    Trial(String name, Partitioning partitioning) {
        this(name, partitioning, SERVED);
    }

    /** @param served suffixes of the Services that exist from the beginning */
    Trial(String name, Partitioning partitioning, List<String> served) {
        this(World.running(), name, partitioning, served);
    }

    private Trial(World world, String name, Partitioning partitioning, List<String> served) {
        this.world = world;
        this.name = name;
        this.partitioning = partitioning;
        served.forEach(this::serve);
        world.feed().onStatus(status -> {
            if (status.application().equals(application())) {
                statuses.add(status);
            }
        });
        weights =
                new SeenShares(SplitWatch.ofTrafficSplit(world.platform().client(), NAMESPACE, name), name + "-green");
        traffic = new Traffic(this);
    }

    String application() {
        return "e2e/" + name;
    }

    /** Publishes a start of this revision; returns the rollout's id. */
    String start(String revision) {
        return start(revision, text -> text);
    }

    /** The same with another file than the usual one. */
    String start(String revision, UnaryOperator<String> edit) {
        return publish(starting(revision, edit));
    }

    /** The same as a part of somebody's trace. */
    String startTraced(String revision, String traceparent) {
        var command = starting(revision, text -> text);
        var record = record(Topic.COMMANDS, application(), command.toString().getBytes(UTF_8));
        record.headers().add("traceparent", traceparent.getBytes(UTF_8));
        send(record);
        return command.get("id").asText();
    }

    private ObjectNode starting(String revision, UnaryOperator<String> edit) {
        traffic.release(revision);
        var command = command("start");
        command.put("revision", revision);
        command.set("rollout", file(edit));
        return command;
    }

    String approve() {
        return publish(command("approve"));
    }

    String abort() {
        return publish(command("abort"));
    }

    String release() {
        return publish(command("release"));
    }

    private ObjectNode command(String type) {
        return Json.mapper()
                .createObjectNode()
                .put("id", UUID.randomUUID().toString())
                .put("type", type)
                .put("application", application())
                .put("actor", "e2e");
    }

    private String publish(ObjectNode command) {
        publish(Topic.COMMANDS, application(), command.toString().getBytes(UTF_8));
        return command.get("id").asText();
    }

    void publish(Topic topic, String key, byte[] value) {
        send(record(topic, key, value));
    }

    private ProducerRecord<byte[], byte[]> record(Topic topic, String key, byte[] value) {
        return new ProducerRecord<>(
                topic.name(Topic.DEFAULT_PREFIX), partitioning.partition(topic, key), key.getBytes(UTF_8), value);
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        try {
            world.producer().send(record).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka did not take it", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private JsonNode file(UnaryOperator<String> edit) {
        try (var yaml = Trial.class.getResourceAsStream("/e2e-rollout.yaml")) {
            var text = new String(yaml.readAllBytes(), UTF_8).replace("NAME", name);
            return new YAMLMapper().readTree(edit.apply(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Customers of this revision, of whose requests this share fails. */
    Traffic traffic() {
        return traffic;
    }

    Status awaitPhase(String rollout, Phase phase) {
        return awaitStatus(rollout, phase + " of " + rollout, status -> status.phase() == phase);
    }

    Status awaitStatus(String rollout, String what, Predicate<Status> wanted) {
        await(what)
                .atMost(LIMIT)
                .conditionEvaluationListener(condition -> {})
                .until(() -> newest(rollout, wanted) != null || ended(rollout));
        var found = newest(rollout, wanted);
        if (found == null) {
            throw new AssertionError("%s never came; the rollout ended: %s".formatted(what, statuses.getLast()));
        }
        return found;
    }

    private Status newest(String rollout, Predicate<Status> wanted) {
        return statuses.reversed().stream()
                .filter(status -> status.rollout().equals(rollout) && wanted.test(status))
                .findFirst()
                .orElse(null);
    }

    private boolean ended(String rollout) {
        return newest(rollout, status -> status.phase().isFinal()) != null;
    }

    /** Every status of this application so far. */
    List<Status> statuses() {
        return List.copyOf(statuses);
    }

    /** Green's share in percent as the watch saw it, without repetitions. */
    List<Double> weights() {
        return weights.all();
    }

    Resource<GenericKubernetesResource> split() {
        return splits().withName(name);
    }

    private NonNamespaceOperation<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            splits() {
        return world.platform()
                .client()
                .genericKubernetesResources(SplitWatch.SPLITS)
                .inNamespace(NAMESPACE);
    }

    /** Puts the split's backends in place of those that are there, as a person with kubectl does. */
    void edit(List<Map<String, Object>> backends) {
        split().edit(split -> {
            Map<String, Object> spec = split.get("spec");
            spec.put("backends", backends);
            return split;
        });
    }

    /** Part of the weights that the backend of this suffix has, all its entries together, from 0 to 1. */
    double share(String suffix) {
        return share("", suffix);
    }

    /** The same of the split of another root Service, named by its suffix too; 0 where there is none yet. */
    double share(String root, String suffix) {
        var split = splits().withName(name + root).get();
        List<Map<String, Object>> backends = split == null ? List.of() : split.get("spec", "backends");
        var all = backends.stream().mapToInt(Trial::weight).sum();
        return all == 0
                ? 0
                : backends.stream()
                                .filter(backend -> backend.get("service").equals(name + suffix))
                                .mapToInt(Trial::weight)
                                .sum()
                        / (double) all;
    }

    private static int weight(Map<String, Object> backend) {
        return ((Number) backend.get("weight")).intValue();
    }

    Map<String, Object> backend(String suffix, int weight) {
        return Map.of("service", name + suffix, "weight", weight);
    }

    /** A split as somebody else made it. */
    void create(List<Map<String, Object>> backends) {
        var split = new GenericKubernetesResource();
        split.setApiVersion(SplitWatch.SPLITS.getGroup() + "/" + SplitWatch.SPLITS.getVersion());
        split.setKind(SplitWatch.SPLITS.getKind());
        split.setMetadata(
                new ObjectMetaBuilder().withName(name).withNamespace(NAMESPACE).build());
        split.setAdditionalProperty("spec", Map.of("service", name, "backends", backends));
        world.platform().client().resource(split).create();
    }

    /** Makes the pods behind the Service of this suffix ready, or not. */
    void ready(String suffix, boolean ready) {
        var slice = world.platform()
                .client()
                .discovery()
                .v1()
                .endpointSlices()
                .inNamespace(NAMESPACE)
                .withName(name + suffix);
        await().until(() -> slice.get() != null);
        slice.edit(found -> {
            found.getEndpoints().forEach(endpoint -> endpoint.getConditions().setReady(ready));
            return found;
        });
    }

    /** Creates the Service of this suffix; it gets a ready endpoint. */
    void serve(String suffix) {
        world.platform()
                .client()
                .resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withName(name + suffix)
                        .withNamespace(NAMESPACE)
                        .endMetadata()
                        .withNewSpec()
                        .addNewPort()
                        .withPort(80)
                        .endPort()
                        .endSpec()
                        .build())
                .create();
    }

    @Override
    public void close() {
        traffic.close();
        weights.close();
    }
}
