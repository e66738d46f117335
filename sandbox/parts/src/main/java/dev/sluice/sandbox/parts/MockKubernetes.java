package dev.sluice.sandbox.parts;

import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Optional;

/**
 * fabric8's mock of the Kubernetes API, with discovery answered so that kubectl and clients that look for served
 * versions work. It stores what it is sent. Missing: schema checks, server-side apply, protobuf bodies ({@code kubectl
 * create}; {@code kubectl apply --validate=false} works), plain-HTTP watches ({@code kubectl get --watch}; fabric8's
 * clients watch by WebSocket), and a merge patch adds to lists instead of replacing them.
 */
public final class MockKubernetes implements KubernetesPart {
    private final KubernetesMockServer server;

    private MockKubernetes(KubernetesMockServer server) {
        this.server = server;
    }

    static MockKubernetes start() {
        QuietLogs.of("io.fabric8.mockwebserver", "io.fabric8.kubernetes", "io.vertx");
        var server = new KubernetesMockServer(
                new Context(),
                new MockWebServer(),
                new HashMap<>(),
                new DiscoveringDispatcher(new KubernetesCrudDispatcher()),
                false);
        server.init(InetAddress.getLoopbackAddress(), 0);
        return new MockKubernetes(server);
    }

    @Override
    public String describe() {
        return "mock of the Kubernetes API (stores objects, checks no schema)";
    }

    @Override
    public String kubeconfig() {
        return """
                apiVersion: v1
                kind: Config
                clusters:
                - name: mock
                  cluster: {server: "http://127.0.0.1:%d"}
                contexts:
                - name: mock
                  context: {cluster: mock, user: mock, namespace: default}
                current-context: mock
                users:
                - name: mock
                  user: {}
                """.formatted(server.getPort());
    }

    @Override
    public Optional<Path> kubectl() {
        return ApiBinaries.kubectl();
    }

    @Override
    public void close() {
        server.destroy();
    }
}
