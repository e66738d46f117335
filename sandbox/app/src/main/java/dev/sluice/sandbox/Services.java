package dev.sluice.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** The services on a {@link Platform}, each in a JVM of its own. */
public final class Services implements AutoCloseable {
    /** For a machine that runs everything at once: small heaps and a quick start rather than a high peak, of the gate too. */
    public static final List<String> SMALL = List.of("-Xmx256m", "-XX:TieredStopAtLevel=1");

    private static final Duration READY_LIMIT = Duration.ofMinutes(2);

    private final Map<SluiceService, ServiceProcess> processes;

    private Services(Map<SluiceService, ServiceProcess> processes) {
        this.processes = processes;
    }

    /**
     * Starts the services that rollouts need side by side and returns when all are ready.
     *
     * @param root the checkout whose modules are packaged
     * @param logs folder for one log per service
     * @param ports which port each serves HTTP on
     * @param jvmFlags of each beside those in its {@code jvm.options}, such as {@link #SMALL}
     * @param settings environment variables for all of them, beside those that the platform asks for
     */
    public static Services start(
            Platform platform,
            Path root,
            Path logs,
            ToIntFunction<SluiceService> ports,
            Function<SluiceService, List<String>> jvmFlags,
            Map<String, String> settings) {
        return start(platform, SluiceService.ROLLING_OUT, root, logs, ports, jvmFlags, settings);
    }

    /**
     * The same with services of one's choice.
     *
     * @param which they are
     */
    public static Services start(
            Platform platform,
            List<SluiceService> which,
            Path root,
            Path logs,
            ToIntFunction<SluiceService> ports,
            Function<SluiceService, List<String>> jvmFlags,
            Map<String, String> settings) {
        var processes = new EnumMap<SluiceService, ServiceProcess>(SluiceService.class);
        for (var service : which) {
            var port = ports.applyAsInt(service);
            // whoever is on this machine may; each service says so in its log
            var environment = new HashMap<>(Map.of("SLUICE_ACCESS_MODE", "off"));
            environment.putAll(settings);
            environment.putAll(environment(platform, port));
            var process = new ServiceProcess(
                    service.module(),
                    command(service, root, jvmFlags.apply(service)),
                    environment,
                    port,
                    logs.resolve(service.module() + ".log"),
                    platform.guard());
            processes.put(service, process);
        }
        var services = new Services(processes);
        try {
            processes.values().forEach(ServiceProcess::start);
            processes.values().forEach(process -> process.awaitReady(READY_LIMIT));
            return services;
        } catch (RuntimeException e) {
            services.close();
            throw e;
        }
    }

    private static List<String> command(SluiceService service, Path root, List<String> jvmFlags) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + service.jvmOptions(root));
        command.addAll(jvmFlags);
        command.addAll(List.of("-jar", service.jar(root).toString()));
        return command;
    }

    private static Map<String, String> environment(Platform platform, int port) {
        return Map.of(
                "MALLOC_ARENA_MAX", "2",
                "KAFKA_BOOTSTRAP_SERVERS", platform.kafka().bootstrapServers(),
                "QUARKUS_HTTP_PORT", Integer.toString(port),
                "QUARKUS_HTTP_HOST", "localhost",
                "QUARKUS_DATASOURCE_JDBC_URL", platform.postgres().jdbcUrl(),
                "QUARKUS_DATASOURCE_REACTIVE_URL", platform.postgres().reactiveUrl(),
                "QUARKUS_DATASOURCE_USERNAME", platform.postgres().user(),
                "QUARKUS_DATASOURCE_PASSWORD", platform.postgres().password(),
                "KUBECONFIG", platform.kubeconfig().toString(),
                "SLUICE_CLUSTERS", String.join(",", Platform.CLUSTERS));
    }

    public ServiceProcess get(SluiceService service) {
        return processes.get(service);
    }

    @Override
    public void close() {
        // Side by side: each has its own time to say farewell.
        processes.values().parallelStream().forEach(ServiceProcess::close);
    }
}
