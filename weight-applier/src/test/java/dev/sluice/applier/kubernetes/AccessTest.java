package dev.sluice.applier.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sluice.applier.config.ApplierSettings;
import dev.sluice.applier.config.ClusterSettings;
import io.fabric8.kubernetes.client.Config;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                current-context: east
                clusters:
                  - {name: us, cluster: {server: "https://us.example.com"}}
                  - {name: eu, cluster: {server: "https://eu.example.com"}}
                contexts:
                  - {name: east, context: {cluster: us, user: with-token}}
                  - {name: west, context: {cluster: eu, user: with-program}}
                  - {name: bare, context: {cluster: eu, user: nobody}}
                  - {name: north, context: {cluster: eu, user: with-failing-program}}
                users:
                  - {name: with-token, user: {token: secret-of-us}}
                  - name: with-program
                    user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: does-not-exist}}
                  - name: with-failing-program
                    user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: "false"}}
                """);
    }

    @Test
    @DisplayName("clusters of which nothing is said are on one API server, which is found as ever")
    void sharesTheDefaultOne() {
        assertThat(read(Map.of("sluice.clusters", "staging,prod")))
                .containsExactly(new Access(Set.of("prod", "staging"), new Kubeconfig(null, List.of()), 32));
    }

    @Test
    @DisplayName(
            "each context is an API server of its own, with a limit of its own; no program of a kubeconfig is run yet")
    void hasOneForEachContext() {
        // when
        var all = read(Map.of(
                "sluice.clusters", "us,eu,eu-2",
                "sluice.clusters.us.kubeconfig", file.toString(),
                "sluice.clusters.eu.kubeconfig", file.toString(),
                "sluice.clusters.eu.context", "west",
                "sluice.clusters.eu.concurrency", "4",
                "sluice.clusters.eu-2.kubeconfig", file.toString(),
                "sluice.clusters.eu-2.context", "west",
                "sluice.clusters.eu-2.concurrency", "4"));

        // then
        assertThat(all)
                .containsExactly(
                        new Access(Set.of("us"), new Kubeconfig("east", List.of(file)), 32),
                        new Access(Set.of("eu", "eu-2"), new Kubeconfig("west", List.of(file)), 4));
        assertThat(all).map(Access::name).containsExactly("us", "eu,eu-2");
    }

    @Test
    @DisplayName("a context that the kubeconfig hasn't stops the start, with those that it has")
    void refusesAnUnknownContext() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(Map.of(
                        "sluice.clusters", "us",
                        "sluice.clusters.us.kubeconfig", file.toString(),
                        "sluice.clusters.us.context", "south")))
                .withMessage("cluster us is to be reached by context south, which [" + file
                        + "] has not: name one of [bare, east, north, west] by sluice.clusters.us.context");
    }

    @Test
    @DisplayName("a kubeconfig that isn't there, or is none, stops the start")
    void refusesAnUnreadableFile() throws IOException {
        // given
        var none = folder.resolve("none");
        var garbage = Files.writeString(folder.resolve("garbage"), "- no: [kubeconfig");

        // then
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> read(Map.of("sluice.clusters", "us", "sluice.clusters.us.kubeconfig", none.toString())))
                .withMessageContaining(
                        "there is no file [" + none + "]: set KUBECONFIG or sluice.clusters.us.kubeconfig");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        read(Map.of("sluice.clusters", "us", "sluice.clusters.us.kubeconfig", garbage.toString())))
                .withMessageContaining(garbage + ", which is no readable kubeconfig");
    }

    @Test
    @DisplayName("clusters of one API server can't have two limits")
    void refusesTwoLimits() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(Map.of(
                        "sluice.clusters",
                        "us,us-2",
                        "sluice.clusters.us.kubeconfig",
                        file.toString(),
                        "sluice.clusters.us-2.kubeconfig",
                        file.toString(),
                        "sluice.clusters.us-2.concurrency",
                        "4")))
                .withMessageContaining("clusters [us, us-2] are on one API server (context east of [" + file + "])");
    }

    @Test
    @DisplayName("no cluster's token is sent to another one, be it the current context's")
    void keepsTokensApart() {
        // given
        System.setProperty("kubeconfig", file.toString());
        try {
            // when
            var us = client("east");
            var bare = client("bare");

            // then
            assertThat(us.getMasterUrl()).isEqualTo("https://us.example.com/");
            assertThat(us.getAutoOAuthToken()).isEqualTo("secret-of-us");
            assertThat(bare.getMasterUrl()).isEqualTo("https://eu.example.com/");
            assertThat(bare.getAutoOAuthToken()).isNull();
        } finally {
            System.clearProperty("kubeconfig");
        }
    }

    @Test
    @DisplayName("B39 a program for credentials that gives none leaves no client without any")
    void isNotReadWithoutCredentials() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new Kubeconfig("north", List.of(file)).read())
                .withMessageContaining("false of user with-failing-program gave neither a token nor a certificate");
    }

    private Config client(String context) {
        return ClusterClient.config(new Kubeconfig(context, List.of(file)).read(), 1, 1, () -> null);
    }

    private static List<Access> read(Map<String, String> properties) {
        var config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withMapping(ApplierSettings.class)
                .withValidateUnknown(false)
                .withSources(new PropertiesConfigSource(new HashMap<>(properties), "file", 100))
                .build();
        var settings = config.getConfigMapping(ApplierSettings.class);
        return Access.of(ClusterSettings.of(settings, config), settings);
    }
}
