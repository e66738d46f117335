package dev.sluice.applier.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.sluice.applier.TestOrder;
import dev.sluice.schemas.rollout.Match;
import dev.sluice.schemas.rollout.mesh.MeshEntries;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules of Sluice's own beside a person's where not their order says which has a request. */
class ClashTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final String BETA = "headers: [{name: x-beta, exact: '1'}]";

    private static String unfit(Mesh mesh, String entry, String spec, String match) throws JsonProcessingException {
        var named = MeshEntries.named(mesh.name())
                .flatMap(entries -> entries.read(read(entry)))
                .orElseThrow();
        var order = TestOrder.of(0)
                .through(mesh.name(), named)
                .matching(YAML.readValue(match, Match.class))
                .build();
        var object = new Document(new LinkedHashMap<>(Map.of("spec", YAML.readValue(spec, Map.class))));
        var refs = mesh.objects(order, RouteIdentity.parse(order.route()).orElseThrow());
        return mesh.read(new RouteObjects(refs, Map.of(refs.getFirst(), object), Map.of()), order)
                .unfit();
    }

    private static JsonNode read(String yaml) {
        try {
            return YAML.readTree(yaml);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "beta", textBlock = """
            [{prefix: /}]                                         | [{prefix: /api}]                                   | beta                  | true
            [{prefix: /}]                                         | [{exact: /cart}]                                   | path: {exact: /cart}  | false
            [{prefix: /}]                                         | [{exact: /cart}]                                   | path: {exact: /pay}   | true
            [{prefix: /}]                                         | [{prefix: /cart}]                                  | path: {prefix: /cart/pay} | false
            [{prefix: /}]                                         | [{prefix: /cart/pay}]                              | path: {prefix: /cart} | true
            [{prefix: /}]                                         | [{prefix: /}, {header: {name: x, present: true}}]  | beta                  | false
            [{prefix: /}]                                         | [{prefix: /}, {header: {name: X-Beta, exact: '2'}}] | beta                 | true
            [{prefix: /}]                                         | [{header: {name: a, exact: b}}, {header: {name: c, exact: d}}] | beta      | true
            [{prefix: /}]                                         | [{queryParameter: {name: a, exact: b}}]            | beta                  | false
            [{prefix: /}]                                         | [{header: {name: ':method', exact: PUT}}]          | method: GET           | true
            [{prefix: /}, {header: {name: x, present: true}}]     | [{prefix: /}]                                      | beta                  | true
            [{prefix: /}]                                         | [{regex: '/v[12]'}]                                | path: {prefix: /v1}   | true
            """)
    @DisplayName("Contour's: an own route that another's requests would no longer reach for is refused")
    void asContourSorts(String moved, String other, String match, boolean isFit) throws JsonProcessingException {
        // given
        var routes = "{virtualhost: {fqdn: shop.example}, routes: [{conditions: " + other
                + ", services: [{name: admin, port: 80}]}, {conditions: " + moved
                + ", services: [{name: checkout, port: 80, weight: 1}, {name: checkout-canary, port: 80}]}]}";

        // when
        var unfit = unfit(
                new Contour(),
                "{httpProxy: {name: checkout}, activeService: checkout, canaryService: checkout-canary}",
                routes,
                match == null ? BETA : match);

        // then
        assertThat(unfit == null).as(unfit).isEqualTo(isFit);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "beta", textBlock = """
            /cart | beta                       | true
            /cart | path: {exact: /cart/pay}   | false
            /cart | path: {prefix: /pay}       | true
            /     | beta                       | false
            """)
    @DisplayName("Contour's: routes of an included HTTPProxy keep their requests")
    void asContourIncludes(String prefix, String match, boolean isFit) throws JsonProcessingException {
        // when
        var unfit = unfit(
                new Contour(),
                "{httpProxy: {name: checkout}, activeService: checkout, canaryService: checkout-canary}",
                "{virtualhost: {fqdn: shop.example}, includes: [{name: cart, conditions: [{prefix: " + prefix
                        + "}]}], routes: [{services: [{name: checkout, port: 80, weight: 1}, {name: checkout-canary,"
                        + " port: 80}]}]}",
                match == null ? BETA : match);

        // then
        assertThat(unfit == null).as(unfit).isEqualTo(isFit);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            priority: 20, | priority: 10, | prefix: /      | true
            priority: 20, | priority: 19, | prefix: /      | false
            priority: 20, | priority: 20, | prefix: /      | false
            priority: 20, | priority: 21, | prefix: /      | true
            priority: 20, | ''            | prefix: /      | true
            ''            | priority: 10, | prefix: /      | true
            ''            | priority: 999, | prefix: /     | false
            ''            | ''            | prefix: /      | false
            ''            | ''            | path: {exact: /a} | false
            ''            | ''            | 'prefix: /, headers: [{name: X-Beta, match: {exact: "2"}}]' | true
            priority: 0,  | ''            | prefix: /      | false
            """)
    @DisplayName("App Mesh's: an own route needs a priority between the moved route's and those before it")
    void asPrioritiesSay(String moved, String other, String match, boolean isFit) throws JsonProcessingException {
        // when
        var unfit = unfit(
                new AppMesh(),
                "{virtualRouter: {name: checkout}, activeVirtualNode: checkout, canaryVirtualNode: checkout-canary}",
                "{routes: [{name: other, " + other + " httpRoute: {match: {" + match
                        + "}, action: {weightedTargets: [{virtualNodeRef: {name: admin}, weight: 1}]}}}, {name: split, "
                        + moved + " httpRoute: {match: {prefix: /}, action: {weightedTargets: [{virtualNodeRef: {name:"
                        + " checkout}, weight: 100}, {virtualNodeRef: {name: checkout-canary}, weight: 0}]}}}]}",
                BETA);

        // then
        assertThat(unfit == null).as(unfit).isEqualTo(isFit);
    }
}
