package dev.sluice.sandbox.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.sandbox.parts.MeshKinds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/**
 * Objects that are a user's own, and how a rollout file names them. Both are in the resource of the case's name: the file's
 * {@code trafficManagement} first, then the objects, where NAME is the test's own.
 */
enum MeshCase {
    GATEWAY_API(Served.BY_TWO_SERVICES, MeshKinds.GATEWAY_API, httpRoute(1)),
    ISTIO_SUBSETS(Served.AS_THE_FILE_SAYS, MeshKinds.ISTIO, virtualService()),
    ISTIO_HOSTS(Served.BY_TWO_SERVICES, MeshKinds.ISTIO, virtualService()),
    LINKERD(
            Served.BY_TWO_SERVICES,
            MeshKinds.LINKERD,
            Moved.weights("policy.linkerd.io", "v1beta3", "HTTPRoute", "/spec/rules/1/backendRefs")),
    KUBERNETES(Served.AS_THE_FILE_SAYS, MeshKinds.KUBERNETES, Moved.selector()),
    REPLICAS(Served.AS_THE_FILE_SAYS, MeshKinds.REPLICAS, Moved.replicas(10)),
    CUSTOM(
            Served.BY_TWO_SERVICES,
            MeshKinds.CUSTOM,
            Moved.weights("net.example.io", "v1", "TrafficPolicy", "/spec/shares")),
    SMI_AND_GATEWAY_API(
            Served.BY_TWO_SERVICES,
            MeshKinds.GATEWAY_API,
            Moved.weights("split.smi-spec.io", "v1alpha4", "TrafficSplit", "/spec/backends"),
            httpRoute(0));

    /** Whose endpoints serve. */
    enum Served {
        BY_TWO_SERVICES(List.of("", "-blue", "-green")),
        AS_THE_FILE_SAYS(List.of());

        private final List<String> suffixes;

        Served(List<String> suffixes) {
            this.suffixes = suffixes;
        }
    }

    private final Served served;
    private final MeshKinds kinds;
    private final List<Moved> moved;

    MeshCase(Served served, MeshKinds kinds, Moved... moved) {
        this.served = served;
        this.kinds = kinds;
        this.moved = List.of(moved);
    }

    private static Moved httpRoute(int rule) {
        return Moved.weights("gateway.networking.k8s.io", "v1", "HTTPRoute", "/spec/rules/" + rule + "/backendRefs");
    }

    private static Moved virtualService() {
        return Moved.weights("networking.istio.io", "v1", "VirtualService", "/spec/http/1/route");
    }

    /** Suffixes of the Services that a trial makes. */
    List<String> services() {
        return served.suffixes;
    }

    MeshKinds kinds() {
        return kinds;
    }

    /** What is moved together. */
    List<Moved> moved() {
        return moved;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The weights before the last one; the second is reached by an approval of the first. */
    List<Integer> steps() {
        return this == KUBERNETES ? List.of(100) : List.of(10, 50);
    }

    String trafficManagement(String name) {
        var text = text(name);
        return text.substring(text.indexOf("trafficManagement:"), text.indexOf("\n---\n") + 1);
    }

    String objects(String name) {
        var text = text(name);
        return text.substring(text.indexOf("\n---\n") + 1);
    }

    private String text(String name) {
        try (var yaml = MeshCase.class.getResourceAsStream("/meshes/" + word() + ".yaml")) {
            return new String(yaml.readAllBytes(), UTF_8).replace("NAME", name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
