package dev.sluice.bench.rig;

import dev.sluice.bench.BenchSettings;
import dev.sluice.sandbox.Platform;
import dev.sluice.sandbox.Services;
import dev.sluice.sandbox.SluiceService;
import dev.sluice.sandbox.parts.FreePort;
import dev.sluice.sandbox.parts.KubernetesPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A fresh platform with services on it, as they are deployed; ended together. */
public final class Sluice implements AutoCloseable {
    private final Platform platform;
    private final Services services;

    private Sluice(Platform platform, Services services) {
        this.platform = platform;
        this.services = services;
    }

    /** Returns when the services are ready for work. */
    public static Sluice start(BenchSettings settings, Consumer<String> say) {
        return start(settings, SluiceService.ROLLING_OUT, say);
    }

    /** The same with some of the services alone. */
    public static Sluice start(BenchSettings settings, List<SluiceService> which, Consumer<String> say) {
        var names = which.stream().map(SluiceService::module).collect(Collectors.joining(", "));
        say.accept("Starting Kafka, PostgreSQL, a Kubernetes API, %s …".formatted(names));
        var platform = Platform.start(FreePort.any(), settings.folder().resolve("parts"), KubernetesPart.Choice.AUTO);
        try {
            var services = Services.start(
                    platform,
                    which,
                    settings.root(),
                    settings.folder().resolve("logs"),
                    service -> FreePort.any(),
                    service -> flags(settings, service),
                    Map.of());
            say.accept("  %s, %d cores, JDK %s, heaps up to %d MB; %s at port %d"
                    .formatted(
                            platform.kubernetes().describe(),
                            Runtime.getRuntime().availableProcessors(),
                            System.getProperty("java.version"),
                            settings.heapMegabytes(),
                            which.getFirst().module(),
                            services.get(which.getFirst()).port()));
            KubernetesPart.createNamespaces(platform.client(), List.of(Names.NAMESPACE));
            return new Sluice(platform, services);
        } catch (RuntimeException e) {
            platform.close();
            throw e;
        }
    }

    /** As in the services' container image, but for the heap: from small on, as in a container, up to the setting. */
    private static List<String> flags(BenchSettings settings, SluiceService service) {
        var flags = new ArrayList<>(List.of("-Xms32m", "-Xmx" + settings.heapMegabytes() + "m"));
        if (settings.jfr()) {
            var file = settings.folder().resolve(service.module() + ".jfr");
            flags.add("-XX:StartFlightRecording=settings=profile,maxsize=500m,dumponexit=true,filename=" + file);
        }
        return flags;
    }

    public Platform platform() {
        return platform;
    }

    public Services services() {
        return services;
    }

    @Override
    public void close() {
        services.close();
        platform.close();
    }
}
