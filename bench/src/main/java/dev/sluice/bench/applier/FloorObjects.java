package dev.sluice.bench.applier;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.schemas.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Objects like the applier's, written by a bare loop of PUTs: each from what the last one answered. */
final class FloorObjects {
    /** As many as the applier has in flight by default. */
    private static final int CALLS_IN_FLIGHT = 32;

    private final Way way;
    private final BareClient client;
    private final List<ObjectNode> objects;

    /** @param names of objects that are there */
    FloorObjects(Way way, BareClient client, List<String> names) throws InterruptedException {
        this.way = way;
        this.client = client;
        this.objects = new ArrayList<>();
        for (var name : names) {
            objects.add(client.get(way.path(name)));
        }
    }

    /** Writes each of them once, many at a time; returns once all are answered. */
    void writeAll(int percent) throws InterruptedException {
        try (var threads = Executors.newFixedThreadPool(CALLS_IN_FLIGHT)) {
            var calls = IntStream.range(0, objects.size())
                    .<Callable<Void>>mapToObj(index -> () -> {
                        write(index, percent);
                        return null;
                    })
                    .toList();
            for (Future<Void> call : threads.invokeAll(calls)) {
                call.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("the bare loop failed", e.getCause());
        }
    }

    /** Writes one of them. */
    void write(int index, int percent) throws InterruptedException {
        var object = objects.get(index);
        var name = object.path("metadata").path("name").asText();
        object.set("spec", Json.mapper().valueToTree(way.spec(name, percent)));
        objects.set(index, client.put(way.path(name), object));
    }
}
