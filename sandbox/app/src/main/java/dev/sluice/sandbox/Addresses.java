package dev.sluice.sandbox;

import java.nio.file.Path;

/** Where everything is, and what to try first. */
final class Addresses {
    private Addresses() {}

    /** Where people look first. */
    static String dashboard(Services services) {
        return "http://localhost:" + services.get(SluiceService.DASHBOARD).port();
    }

    static String of(Platform platform, Services services, Path logs) {
        var kafka = platform.kafka().bootstrapServers();
        var kubectl = platform.kubernetes().kubectl().map(Path::toString).orElse("kubectl");
        return """

                Dashboard   %s
                Kafka       %s
                HTTP        http://localhost:%d  (metrics-gate %d, weight-applier %d)
                Kubernetes  %s
                kubeconfig  %s
                PostgreSQL  %s  (user %s, password %s)
                Logs        %s
                Access      off: whoever reaches these ports, on this machine alone, may do everything (docs/access.md)

                Try:
                  kcat -b %s -t rollout.status -C -u
                  curl http://localhost:%d/api/rollouts
                  %s --kubeconfig %s get trafficsplit -A""".formatted(
                        dashboard(services),
                        kafka,
                        services.get(SluiceService.ENGINE).port(),
                        services.get(SluiceService.GATE).port(),
                        services.get(SluiceService.APPLIER).port(),
                        platform.kubernetes().describe(),
                        platform.kubeconfig(),
                        platform.postgres().reactiveUrl(),
                        platform.postgres().user(),
                        platform.postgres().password(),
                        logs,
                        kafka,
                        services.get(SluiceService.ENGINE).port(),
                        kubectl,
                        platform.kubeconfig());
    }
}
