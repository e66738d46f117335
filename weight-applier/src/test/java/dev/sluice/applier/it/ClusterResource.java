package dev.sluice.applier.it;

import dev.sluice.sandbox.parts.KubernetesPart;
import dev.sluice.sandbox.parts.RealKubernetes;
import dev.sluice.sandbox.parts.TrafficSplits;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A Kubernetes API that the applier reaches over a wire which tests can cut. Argument {@code choice}: as for the part;
 * {@code rights}: {@code namespaces} where tests give the applier's account its rights one by one, else it may serve the whole
 * cluster (of a real API; the mock asks nobody); others are settings.
 */
public final class ClusterResource implements QuarkusTestResourceLifecycleManager {
    private static final String KUBECONFIG = "kubeconfig";

    private final Map<String, String> settings = new HashMap<>(Map.of("sluice.clusters", "prod,staging"));
    private String choice = "auto";
    private boolean isNarrow;
    private KubernetesPart part;
    private TcpLink link;
    private Path file;

    /** What tests get: the wire, and the way around it. */
    public record Cluster(KubernetesPart part, TcpLink link) {}

    @Override
    public void init(Map<String, String> arguments) {
        settings.putAll(arguments);
        isNarrow = "namespaces".equals(arguments.get("rights"));
        choice = arguments.getOrDefault("choice", choice);
    }

    @Override
    public Map<String, String> start() {
        part = KubernetesPart.start(KubernetesPart.Choice.of(choice));
        System.out.println("the applier's contract runs against: " + part.describe());
        try (var client = part.client()) {
            TrafficSplits.V1ALPHA4.install(client);
            var direct = URI.create(client.getConfiguration().getMasterUrl());
            link = new TcpLink(direct.getPort());
            file = Files.createTempFile("kubeconfig", "");
            Files.writeString(file, account(client).replace(":" + direct.getPort(), ":" + link.port()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.setProperty(KUBECONFIG, file.toString());
        return settings;
    }

    private String account(KubernetesClient client) {
        if (!(part instanceof RealKubernetes)) {
            return part.kubeconfig();
        }
        if (!isNarrow) {
            Account.mayServeTheCluster(client);
        }
        return Account.make(part, client);
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(new Cluster(part, link), new TestInjector.MatchesType(Cluster.class));
    }

    @Override
    public void stop() {
        System.clearProperty(KUBECONFIG);
        try {
            link.close();
            part.close();
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
