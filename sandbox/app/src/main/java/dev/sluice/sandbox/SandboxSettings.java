package dev.sluice.sandbox;

import dev.sluice.sandbox.parts.FreePort;
import dev.sluice.sandbox.parts.KubernetesPart;
import dev.sluice.sandbox.parts.MeshKinds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What {@code -Dsandbox.…} can set.
 *
 * @param root the checkout, whose modules' packaged jars are run
 * @param stay keep everything running after the demo until Ctrl-C
 * @param demo run the three rollouts of the demo shop
 * @param kafkaPort of the broker
 * @param httpPort of the engine; the gate, the applier and the dashboard have those after it
 * @param meshes whose kinds the Kubernetes API knows; SMI's always, since the demo shop runs on it
 */
public record SandboxSettings(
        Path root,
        boolean stay,
        boolean demo,
        int kafkaPort,
        int httpPort,
        KubernetesPart.Choice kubernetes,
        List<MeshKinds> meshes) {

    static final String KAFKA_PORT = "sandbox.kafka.port";
    static final String HTTP_PORT = "sandbox.http.port";
    static final String MESHES = "sandbox.meshes";

    /** @throws IllegalArgumentException naming the property that makes no sense */
    public static SandboxSettings fromSystemProperties() {
        return new SandboxSettings(
                Path.of(System.getProperty("sandbox.root", "."))
                        .toAbsolutePath()
                        .normalize(),
                yes("sandbox.stay"),
                yes("sandbox.demo"),
                port(KAFKA_PORT, 9092),
                port(HTTP_PORT, 8080),
                KubernetesPart.Choice.of(System.getProperty("sandbox.kubernetes", "auto")),
                meshes(System.getProperty(MESHES, "smi")));
    }

    /** Everything that a run leaves behind. */
    public Path folder() {
        return root.resolve("sandbox/app/target/sandbox");
    }

    /** Why the sandbox cannot start with these settings: a sentence each, with the way out. */
    List<String> obstacles() {
        var obstacles = new ArrayList<String>();
        if (!FreePort.becomesFree(kafkaPort)) {
            obstacles.add(taken("Kafka", kafkaPort, KAFKA_PORT));
        }
        for (var service : SluiceService.SHOWN) {
            if (!FreePort.becomesFree(port(service))) {
                obstacles.add(taken(service.module(), port(service), HTTP_PORT));
            }
            if (!service.isPackaged(root)) {
                obstacles.add("%s is not packaged. Run ./mvnw package -DskipTests first.".formatted(service.module()));
            }
        }
        return obstacles;
    }

    int port(SluiceService service) {
        return httpPort + service.usualPort() - SluiceService.ENGINE.usualPort();
    }

    private static String taken(String who, int port, String property) {
        var passing = FreePort.isEphemeral(port)
                ? " Any outgoing connection may take it for a while, since it is in this machine's ephemeral range: choose a lower one."
                : "";
        return "Port %d, which %s needs, is taken. Choose another with -D%s=<port>.%s"
                .formatted(port, who, property, passing);
    }

    private static List<MeshKinds> meshes(String names) {
        try {
            return Stream.of(names.split(","))
                    .map(String::strip)
                    .map(MeshKinds::of)
                    .toList();
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException("-D%s=%s: %s".formatted(MESHES, names, unknown.getMessage()), unknown);
        }
    }

    private static boolean yes(String property) {
        var value = System.getProperty(property, "true");
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new IllegalArgumentException("-D%s=%s is neither true nor false".formatted(property, value));
        };
    }

    private static int port(String property, int otherwise) {
        var value = System.getProperty(property, Integer.toString(otherwise));
        if (!value.matches("\\d{1,5}") || Integer.parseInt(value) < 1 || Integer.parseInt(value) > 65_532) {
            throw new IllegalArgumentException("-D%s=%s is no port".formatted(property, value));
        }
        return Integer.parseInt(value);
    }
}
