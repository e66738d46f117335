package dev.sluice.sandbox.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SplitTest {
    /** As Sluice writes it. */
    private static final String KEEPING = """
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            spec:
              rules:
                - matches:
                    - path: {type: PathPrefix, value: /}
                      headers: [{type: RegularExpression, name: cookie, value: '^(?:.*; ?)?canary=sluice-0123456789(?:;.*)?$'}]
                  backendRefs: [{name: green, weight: 1}]
                - backendRefs:
                    - {name: blue, weight: 80}
                    - name: green
                      weight: 20
                      filters:
                        - type: ResponseHeaderModifier
                          responseHeaderModifier: {add: [{name: Set-Cookie, value: canary=sluice-0123456789; Max-Age=60}]}
            """;

    @Test
    void sendsRequestsByTheWeights() {
        // given
        var split = new Split(Map.of("blue", 80.0, "green", 20.0));
        var random = new Random(7);
        // when
        var green = random.doubles(10_000)
                .filter(drawn -> split.pick(drawn).equals("green"))
                .count();
        // then
        assertThat(green / 10_000.0).isCloseTo(0.2, within(0.02));
    }

    @Test
    void sendsNothingToABackendOfWeightZero() {
        // given
        var split = new Split(Map.of("blue", 100.0, "green", 0.0));
        // when / then
        assertThat(split.pick(0)).isEqualTo("blue");
        assertThat(split.pick(0.999_999)).isEqualTo("blue");
        assertThat(split.percent("green")).isZero();
    }

    @Test
    void readsRelativeWeightsAsPercent() {
        assertThat(new Split(Map.of("blue", 3.0, "green", 1.0)).percent("green"))
                .isEqualTo(25.0);
        assertThat(new Split(Map.of()).percent("green")).isZero();
    }

    @Test
    void keepsClientsWhereTheRuleForTheirCookieSendsThem() {
        // given
        var split = Split.ofHttpRoute(Serialization.unmarshal(KEEPING, GenericKubernetesResource.class));
        // when / then
        assertThat(split.percent("green")).isEqualTo(20.0);
        assertThat(split.cookies()).isEqualTo(Map.of("green", "canary=sluice-0123456789; Max-Age=60"));
        assertThat(split.keptAt("a=1; canary=sluice-0123456789; b=2")).hasValue("green");
        assertThat(split.keptAt("canary=sluice-9876543210")).isEmpty();
        assertThat(split.keptAt(null)).isEmpty();
    }
}
