package dev.sluice.sandbox.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.cli.Main;
import dev.sluice.cli.Surroundings;
import dev.sluice.sandbox.SluiceService;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** {@code sluice} as somebody calls it who has one application, by HTTP or by Kafka alone. */
record CommandLine(String application, Map<String, String> environment) {
    record Ran(int exit, String out, String err) {}

    static CommandLine byHttp(String application) {
        var engine = World.running().services().get(SluiceService.ENGINE);
        return new CommandLine(application, Map.of("SLUICE_URL", "http://localhost:" + engine.port()));
    }

    static CommandLine byKafka(String application) {
        var brokers = World.running().platform().kafka().bootstrapServers();
        return new CommandLine(application, Map.of("SLUICE_BOOTSTRAP", brokers));
    }

    /** @param line APP stands for the application; its input is the rollout file of the end-to-end tests */
    Ran run(String line) {
        return run(List.of(line.replace("APP", application).split(" ")));
    }

    Ran run(List<String> words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var here = new Surroundings(
                new ByteArrayInputStream(file()),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                environment,
                false);
        var exit = Main.run(here, words.toArray(String[]::new));
        return new Ran(exit, out.toString(UTF_8), err.toString(UTF_8));
    }

    CompletableFuture<Ran> beside(String line) {
        return CompletableFuture.supplyAsync(
                () -> run(line), task -> Thread.ofVirtual().start(task));
    }

    private byte[] file() {
        try (var yaml = CommandLine.class.getResourceAsStream("/e2e-rollout.yaml")) {
            var name = application.substring(application.indexOf('/') + 1);
            return new String(yaml.readAllBytes(), UTF_8).replace("NAME", name).getBytes(UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
