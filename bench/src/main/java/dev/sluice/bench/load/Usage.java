package dev.sluice.bench.load;

import dev.sluice.sandbox.Services;
import dev.sluice.sandbox.SluiceService;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What each of the three services has used up to an instant. */
record Usage(Map<SluiceService, ProcessUsage> services) {
    static Usage of(Services services) {
        return new Usage(SluiceService.ROLLING_OUT.stream()
                .collect(Collectors.toMap(
                        service -> service,
                        service -> ProcessUsage.of(services.get(service).pid()),
                        (one, other) -> one,
                        () -> new EnumMap<>(SluiceService.class))));
    }

    double cpuSecondsSince(Usage earlier, SluiceService service) {
        return services.get(service).cpuSeconds()
                - earlier.services.get(service).cpuSeconds();
    }

    double cpuSecondsSince(Usage earlier) {
        return services.keySet().stream()
                .mapToDouble(service -> cpuSecondsSince(earlier, service))
                .sum();
    }

    double residentMegabytes(SluiceService service) {
        return services.get(service).residentBytes() / (double) (1 << 20);
    }

    double residentMegabytes() {
        return services.keySet().stream().mapToDouble(this::residentMegabytes).sum();
    }

    /** How the CPU time since then is shared, in words. */
    String sharesSince(Usage earlier) {
        return services.keySet().stream()
                .map(service ->
                        String.format(Locale.ROOT, "%s %.1f s", service.module(), cpuSecondsSince(earlier, service)))
                .collect(Collectors.joining(", ", "CPU: ", ""));
    }
}
