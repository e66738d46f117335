package dev.sluice.schemas.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.Weight;
import dev.sluice.schemas.rollout.Match.Condition;
import dev.sluice.schemas.rollout.Match.Text;
import dev.sluice.schemas.rollout.mesh.Beside;
import dev.sluice.schemas.rollout.mesh.Beside.Form;
import dev.sluice.schemas.rollout.mesh.Beside.Part;
import dev.sluice.schemas.rollout.mesh.MeshEntries;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BesideTest {
    private static final Condition BETA = new Condition("x-beta", "1", null, null);
    private static final Beside HEADERS = Beside.NOTHING.and(Part.HEADERS, 2, Form.EXACT, Form.REGEX);

    private static Match headers(Condition... conditions) {
        return new Match(List.of(conditions), null, null, null, null, null);
    }

    @Test
    @DisplayName("what is known to a mesh is carried, and no match and no mirror by every mesh")
    void carries() {
        assertThat(HEADERS.cannot("it", headers(BETA))).isEmpty();
        assertThat(Beside.NOTHING.cannot("it", (Match) null)).isEmpty();
        assertThat(Beside.NOTHING.cannot("it", (Mirror) null)).isEmpty();
    }

    @Test
    @DisplayName("a mesh without matches or mirrors says so, with what to do")
    void carriesNothing() {
        assertThat(Beside.NOTHING.cannot("smi", headers(BETA)))
                .hasValue("smi can't carry a match: leave it out, or let the target have a mesh that can");
        assertThat(Beside.NOTHING.cannot("smi", new Mirror(BigDecimal.TEN)))
                .hasValue("smi can't carry a mirror: leave it out, or let the target have a mesh that can");
    }

    @Test
    @DisplayName("where matches stand in an object that the entry doesn't name, the words say what to add")
    void saysWhatToAdd() {
        var services = Map.<String, Object>of("activeService", "a", "canaryService", "b");
        Map<String, Object> consul = new HashMap<>(services);
        consul.put("serviceSplitter", Map.of("name", "checkout"));
        Map<String, Object> traefik = new HashMap<>(services);
        traefik.put("traefikService", Map.of("name", "checkout"));
        Map<String, Object> smi = new HashMap<>(Map.of("rootServiceName", "checkout"));

        assertThat(MeshEntries.cannot(Map.of("consul", consul), headers(BETA), null, null))
                .hasValueSatisfying(words -> assertThat(words).endsWith("serviceRouter: {name: checkout}"));
        assertThat(MeshEntries.cannot(Map.of("traefik", traefik), headers(BETA), null, null))
                .hasValueSatisfying(words -> assertThat(words).contains("ingressRoute: {name: "));
        assertThat(MeshEntries.cannot(Map.of("smi", smi), headers(BETA), null, null))
                .hasValueSatisfying(words -> assertThat(words).contains("httpRouteGroup: {name: "));

        consul.put("serviceRouter", Map.of("name", "checkout"));
        traefik.put("ingressRoute", Map.of("name", "shop"));
        smi.put("httpRouteGroup", Map.of("name", "ab", "headers", "list"));
        for (var mesh : List.of(Map.of("consul", consul), Map.of("traefik", traefik), Map.of("smi", smi))) {
            assertThat(MeshEntries.cannot(mesh, headers(BETA), null, null)).isEmpty();
            assertThat(MeshEntries.cannot(mesh, null, new Mirror(BigDecimal.TEN), null))
                    .hasValueSatisfying(words -> assertThat(words).contains("can't carry a mirror"));
        }
    }

    @Test
    @DisplayName("a part of a match that a mesh doesn't know is named, with those that it does")
    void namesTheParts() {
        // given
        var more = HEADERS.and(Part.METHOD, 1, Form.EXACT);

        // then
        assertThat(more.cannot("it", new Match(null, List.of(BETA), null, null, null, null)))
                .hasValue("it can't match on cookies, only on [headers, the method]: use one of these");
        assertThat(more.cannot("it", new Match(null, null, null, new Text("/a", null, null), null, null)))
                .hasValueSatisfying(words -> assertThat(words).startsWith("it can't match on the path"));
        assertThat(HEADERS.cannot("it", new Match(null, null, null, null, "GET", null)))
                .hasValueSatisfying(words -> assertThat(words).startsWith("it can't match on the method"));
        assertThat(HEADERS.cannot("it", headers(new Condition("x-beta", null, "b", null))))
                .hasValue("it can't match on headers by prefix: write one of [exact, regex]");
    }

    @Test
    @DisplayName("B25 a match that no mesh could carry out is refused whatever the mesh can")
    void refusesWhatIsNoMatch() {
        assertThat(HEADERS.cannot("it", headers()))
                .hasValueSatisfying(words -> assertThat(words).contains("every request"));
        assertThat(HEADERS.cannot("it", headers(new Condition("x-beta", "1", "2", null))))
                .hasValueSatisfying(words -> assertThat(words).contains("in 2 ways"));
        assertThat(HEADERS.cannot("it", headers(new Condition("x-beta", null, null, null))))
                .hasValueSatisfying(words -> assertThat(words).contains("in 0 ways"));
        assertThat(HEADERS.cannot("it", headers(new Condition(null, "1", null, null))))
                .hasValueSatisfying(words -> assertThat(words).contains("without a name"));
        assertThat(HEADERS.cannot("it", headers(BETA, new Condition("X-Beta", "2", null, null))))
                .hasValueSatisfying(words -> assertThat(words).contains("X-Beta twice"));
    }

    @Test
    @DisplayName("more conditions than a mesh can have are refused, and headers to be set where it can't set any")
    void refusesTooMuch() {
        // given
        var three = headers(BETA, new Condition("b", "1", null, null), new Condition("c", "1", null, null));
        var setting = new Match(List.of(BETA), null, null, null, null, Map.of("x-variant", "canary"));

        // then
        assertThat(HEADERS.cannot("it", three))
                .hasValue("it can match on 2 of headers at most, and these are 3: leave some out");
        assertThat(HEADERS.cannot("it", setting))
                .hasValueSatisfying(words -> assertThat(words).contains("leave setHeaders out"));
        assertThat(HEADERS.andHeadersSet().cannot("it", setting)).isEmpty();
    }

    @Test
    @DisplayName("shares of copies are refused where they are finer than the mesh's, none, or unknown")
    void refusesSharesOfCopies() {
        // given
        var whole = Beside.NOTHING.andMirrors(Weight.percent(1));
        var all = Beside.NOTHING.andMirrors(Weight.FULL);

        // then
        assertThat(whole.cannot("it", new Mirror(new BigDecimal("12")))).isEmpty();
        assertThat(whole.cannot("it", new Mirror(new BigDecimal("12.5"))))
                .hasValue("it can't copy 12.5 % of the requests: write a multiple of 1 above 0, up to 100");
        assertThat(whole.cannot("it", new Mirror(BigDecimal.ZERO))).isPresent();
        assertThat(whole.cannot("it", new Mirror(null))).isPresent();
        assertThat(all.cannot("it", new Mirror(BigDecimal.TEN)))
                .hasValue("it can't copy 10 % of the requests: write 100");
        assertThat(all.cannot("it", new Mirror(new BigDecimal("100.0")))).isEmpty();
    }

    @Test
    @DisplayName("an order's entry says which mesh it is, and a mesh that isn't known is told of elsewhere")
    void asksTheMeshOfAnOrder() {
        assertThat(MeshEntries.cannot(Map.of("smi", Map.of("rootServiceName", "checkout")), headers(BETA), null, null))
                .hasValueSatisfying(words -> assertThat(words).startsWith("smi can't carry a match"));
        assertThat(MeshEntries.cannot(Map.of("unheard-of", Map.of()), headers(BETA), null, null))
                .isEmpty();
        assertThat(MeshEntries.cannot(Map.of("smi", Map.of()), null, null, null))
                .isEmpty();
    }

    @Test
    @DisplayName(
            "clients that are to stay are refused where a mesh can't keep them, or by no cookie that browsers take")
    void refusesSessionAffinity() {
        // given
        var keeping = Beside.NOTHING.andKeptClients();

        // then
        assertThat(Beside.NOTHING.cannot("it", (SessionAffinity) null)).isEmpty();
        assertThat(Beside.NOTHING.cannot("it", affinity("canary", "PT1S")))
                .hasValueSatisfying(words ->
                        assertThat(words).startsWith("it can't keep clients at the canary: leave sessionAffinity out"));
        assertThat(keeping.cannot("it", affinity("shop.Canary_2", "PT1S"))).isEmpty();
        assertThat(keeping.andHeadersSet().andMirrors(Weight.FULL).keepsClients())
                .isTrue();
        for (var name : new String[] {null, "", "a b", "a=b", "a;b", "a,b", "\u00e4", "__Host-a", "__SECURE-a"}) {
            assertThat(keeping.cannot("it", affinity(name, "PT1S")))
                    .as(name)
                    .hasValueSatisfying(words -> assertThat(words).contains("no name for its cookie"));
        }
        assertThat(keeping.cannot("it", affinity("canary", "PT0.9S")))
                .hasValueSatisfying(words -> assertThat(words).contains("write at least 1 s"));
        assertThat(keeping.cannot("it", new SessionAffinity("canary", null))).isPresent();
    }

    private static SessionAffinity affinity(String cookie, String maxAge) {
        return new SessionAffinity(cookie, Duration.parse(maxAge));
    }
}
