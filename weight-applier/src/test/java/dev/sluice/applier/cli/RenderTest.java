package dev.sluice.applier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RenderTest {
    private static final String ENTRY =
            "{traefikService: {name: checkout}, activeService: checkout, canaryService: checkout-canary}";
    private static final String TRAEFIK = """
            apiVersion: traefik.io/v1alpha1
            kind: TraefikService
            metadata:
              name: checkout
              labels:
                build: "12e3"
            spec:
              weighted:
                services:
                  - name: checkout
                    port: 80
                    weight: 100
                  - name: checkout-canary
                    port: 80
                    weight: 0
            """;

    private static Spoken render(String input, String mesh, String entry, String weight, String... more) {
        var words = new String[7 + more.length];
        System.arraycopy(new String[] {"render", "--mesh", mesh, "--entry", entry, "--weight", weight}, 0, words, 0, 7);
        System.arraycopy(more, 0, words, 7, more.length);
        return Spoken.of(input, words);
    }

    @Test
    void printsTheObjectWithItsWeightsAndTheRestAsItWas() {
        // when
        var spoken = render(TRAEFIK, "traefik", ENTRY, "25");

        // then
        assertThat(spoken.err()).isEmpty();
        assertThat(spoken.code()).isZero();
        assertThat(spoken.out())
                .isEqualTo(
                        "---\n" + TRAEFIK.replace("weight: 100", "weight: 75").replace("weight: 0", "weight: 25"));
    }

    @Test
    void printsWhatIsWrittenInSeveralStepsAsItEnds() {
        // given
        var workload = """
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: %s
                spec:
                  replicas: %s
                """;
        var given = workload.formatted("checkout", 10) + "---\n" + workload.formatted("checkout-canary", 0);

        // when
        var spoken = render(given, "replicas", "{activeWorkload: checkout}", "25");

        // then
        assertThat(spoken.err()).isEmpty();
        assertThat(spoken.out())
                .isEqualTo("---\n" + workload.formatted("checkout-canary", 3) + "---\n"
                        + workload.formatted("checkout", 7));
    }

    @Test
    void takesTheEntryAsJsonAndFlagsWithEqualsSigns() {
        // when
        var spoken = Spoken.of(
                TRAEFIK,
                "render",
                "--mesh=traefik",
                "--weight=33.33",
                "--entry="
                        + "{\"traefikService\": {\"name\": \"checkout\"}, \"activeService\": \"checkout\", \"canaryService\": \"checkout-canary\"}");

        // then
        assertThat(spoken.out()).contains("weight: 6667", "weight: 3333");
    }

    @Test
    void reversesTheRoles() {
        // when
        var spoken = render(TRAEFIK, "traefik", ENTRY, "10", "--active", "checkout-canary");

        // then
        assertThat(spoken.out()).containsSubsequence("name: checkout\n", "weight: 10", "checkout-canary", "weight: 90");
    }

    @Test
    void leavesOutWhatMarksALiveObject() {
        // given
        var live = TRAEFIK.replace("  labels:\n", """
                  uid: u-1
                  managedFields: [{manager: sluice}]
                  annotations:
                    sluice.dev/fence-0123456789: 1795170000000.2=10;active=checkout
                    sluice.dev/application: shop/checkout
                    sluice.dev/paused: "true"
                  labels:
                    sluice.dev/managed: "true"
                """);

        // when
        var spoken = render(live, "traefik", ENTRY, "25");

        // then
        assertThat(spoken.out())
                .contains("uid: u-1", "sluice.dev/paused: \"true\"", "build: \"12e3\"")
                .doesNotContain("fence", "managed", "sluice.dev/application");
    }

    @Test
    void printsWhatTheMeshCreatesFromNothing() {
        // when
        var spoken = render("", "smi", "{rootServiceName: checkout}", "25", "--namespace", "shop");

        // then
        assertThat(spoken.out()).isEqualTo("""
                        ---
                        apiVersion: split.smi-spec.io/v1alpha4
                        kind: TrafficSplit
                        metadata:
                          name: checkout
                          namespace: shop
                        spec:
                          service: checkout
                          backends:
                            - service: checkout
                              weight: 75
                            - service: checkout-canary
                              weight: 25
                        """);
    }

    @Test
    @DisplayName("objects that are only read are given too, in documents of their own or in kubectl's list")
    void readsSeveralObjects() {
        // given
        var list = """
                apiVersion: v1
                kind: List
                items:
                - apiVersion: networking.istio.io/v1
                  kind: DestinationRule
                  metadata: {name: checkout, namespace: shop}
                  spec: {host: checkout, subsets: [{name: stable}, {name: canary}]}
                - apiVersion: networking.istio.io/v1
                  kind: VirtualService
                  metadata: {name: checkout, namespace: shop}
                  spec:
                    http:
                    - timeout: 1:30
                      route:
                      - {destination: {host: checkout.shop.svc.cluster.local, subset: stable}}
                      - {destination: {host: checkout, subset: canary}}
                """;

        // when
        var spoken =
                render(list, "istio", "{virtualService: {name: checkout}, destinationRule: {name: checkout}}", "50");

        // then
        assertThat(spoken.err()).isEmpty();
        assertThat(spoken.out())
                .containsOnlyOnce("---")
                .contains("kind: VirtualService", "timeout: \"1:30\"")
                .containsSubsequence("subset: stable", "weight: 50", "subset: canary", "weight: 50");
    }
}
