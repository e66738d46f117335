package dev.sluice.applier.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.applier.it.Account;
import dev.sluice.applier.mesh.Document;
import dev.sluice.applier.mesh.Kind;
import dev.sluice.applier.mesh.Mesh;
import dev.sluice.applier.mesh.Meshes;
import dev.sluice.applier.mesh.Use;
import dev.sluice.sandbox.parts.KubernetesPart;
import dev.sluice.sandbox.parts.MeshKinds;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each mesh's rights on a real API server, for an account that has nothing else. The mock asks nobody for rights. */
@EnabledIf("isRealThere")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RightsIT {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Kind POLICY = Kind.namespaced("net.example.io", "trafficpolicies", "TrafficPolicy", "v1");
    private static final Kind SERVICES = Kind.namespaced("", "services", "Service", "v1");
    private static final Kind PODS = Kind.namespaced("", "pods", "Pod", "v1");
    private static final Kind SLICES = Kind.namespaced("discovery.k8s.io", "endpointslices", "EndpointSlice", "v1");
    private static final Kind SECRETS = Kind.namespaced("", "secrets", "Secret", "v1");

    private final Meshes meshes = new Meshes();
    private KubernetesPart part;
    private KubernetesClient admin;
    private KubernetesClient account;

    static boolean isRealThere() {
        return KubernetesPart.isRealThere();
    }

    @BeforeAll
    void start() {
        part = KubernetesPart.start(KubernetesPart.Choice.REAL);
        admin = part.client();
        for (var kinds : MeshKinds.values()) {
            kinds.install(admin);
        }
        account = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(Account.make(part, admin)))
                .build();
    }

    @AfterAll
    void stop() {
        account.close();
        admin.close();
        part.close();
    }

    /** What is asked of the command line. */
    record Wish(String flag, Mesh mesh) {
        /** Those of matches only where these are asked for. */
        List<Kind> kinds() {
            return RightsIT.kinds(mesh).stream()
                    .filter(kind ->
                            flag.equals("match") || !mesh.kindsOfMatches().contains(kind))
                    .toList();
        }

        @Override
        public String toString() {
            return "--" + flag + " " + mesh.name();
        }
    }

    Stream<Wish> wishes() {
        return meshes.all().stream()
                .flatMap(mesh -> Stream.of(new Wish("mesh", mesh), new Wish("match", mesh))
                        .filter(wish -> wish.flag().equals("mesh")
                                || !mesh.kindsOfMatches().isEmpty()));
    }

    @ParameterizedTest
    @MethodSource("wishes")
    @DisplayName("B49 with one mesh's rights its objects are read and written, and nothing else is: 403")
    void areEnoughAndNoMore(Wish wish) throws Exception {
        // given
        var mesh = wish.mesh();
        var namespace = "rights-" + wish.flag() + "-" + mesh.name().toLowerCase(Locale.ROOT);
        var objects = create(wish, namespace);

        // when
        allow(wish, namespace);

        // then
        var wanted = expected(wish);
        var asked = new Asked(account, admin, namespace);
        for (var kind : everyKind()) {
            assertThat(asked.allowed(kind)).as(kind.name()).isEqualTo(wanted.getOrDefault(kind.name(), Set.of()));
            assertThat(asked.mayScale(kind))
                    .as("scale of " + kind.name())
                    .isEqualTo(wish.kinds().contains(kind) && mesh.use(kind) == Use.SCALE);
        }
        for (var object : objects) {
            if (mesh.use(kind(mesh, object)) != Use.READ) {
                asked.writeAgain(kind(mesh, object), object);
            }
        }
    }

    private List<Document> create(Wish wish, String namespace) throws Exception {
        var mesh = wish.mesh();
        KubernetesPart.createNamespaces(admin, List.of(namespace));
        var objects = new ArrayList<Document>();
        for (var object : Examples.of(mesh.name(), version -> admin.getApiResources(version) != null)) {
            var made = Examples.in(namespace, object);
            if (wish.kinds().contains(kind(mesh, made))) {
                new Asked(admin, admin, namespace).create(kind(mesh, made), made);
                objects.add(made);
            }
        }
        assertThat(objects).isNotEmpty();
        return objects;
    }

    private void allow(Wish wish, String namespace) {
        var words = new ArrayList<>(List.of(
                "rights",
                "--namespace",
                namespace,
                "--" + wish.flag(),
                wish.mesh().name()));
        if (wish.mesh().kinds().isEmpty()) {
            words.addAll(List.of("--kind", POLICY.name()));
        }
        var printed = Spoken.of("", words.toArray(String[]::new)).out();
        admin.load(new ByteArrayInputStream(printed.getBytes(StandardCharsets.UTF_8)))
                .create();
        await("the rights are in force")
                .atMost(LIMIT)
                .until(() ->
                        new Asked(account, admin, namespace).allowed(SERVICES).contains("list"));
    }

    /** By {@link Kind#name}. */
    private static Map<String, Set<String>> expected(Wish wish) {
        var mesh = wish.mesh();
        var expected = new HashMap<String, Set<String>>();
        expected.put(SERVICES.name(), new HashSet<>(Set.of("get", "list", "watch")));
        expected.put(SLICES.name(), Set.of("list", "watch"));
        mesh.rivals().forEach(kind -> expected.put(kind.name(), Set.of("list")));
        if (mesh.readsPods()) {
            expected.put(PODS.name(), Set.of("list"));
        }
        wish.kinds()
                .forEach(kind -> expected.computeIfAbsent(kind.name(), name -> new HashSet<>())
                        .addAll(
                                switch (mesh.use(kind)) {
                                    case READ -> Set.of("get", "list", "watch");
                                    case EDIT -> Set.of("get", "list", "watch", "update");
                                    case SCALE -> Set.of("get", "list", "watch", "update");
                                    case MAKE -> Set.of("get", "list", "watch", "create", "update", "delete");
                                }));
        return expected;
    }

    private List<Kind> everyKind() {
        return Stream.concat(
                        Stream.of(SERVICES, SLICES, PODS, SECRETS),
                        meshes.all().stream()
                                .flatMap(mesh -> Stream.concat(kinds(mesh).stream(), mesh.rivals().stream())))
                .filter(this::isServed)
                .distinct()
                .toList();
    }

    /** KEDA isn't there: its kind can be looked for, and there is nothing to be refused. */
    private boolean isServed(Kind kind) {
        return kind.versions().stream()
                .anyMatch(version -> kind.group().isEmpty() || admin.getApiResources(kind.apiVersion(version)) != null);
    }

    private static List<Kind> kinds(Mesh mesh) {
        return mesh.kinds().isEmpty() ? List.of(POLICY) : mesh.kinds();
    }

    private static Kind kind(Mesh mesh, Document object) {
        return kinds(mesh).stream()
                .filter(kind -> kind.kind().equals(object.text("kind")))
                .filter(kind -> object.text("apiVersion").startsWith(kind.group()))
                .findFirst()
                .orElseThrow();
    }
}
