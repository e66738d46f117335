package dev.sluice.applier.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.sluice.schemas.rollout.Match;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A rule's own match joined with an ordered one. */
class MatchesTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Matches HTTP = new HttpMatches(false);
    private static final Matches ISTIO = new IstioMatches();
    private static final Matches CONTOUR = new ContourMatches();

    private static final String BETA = "headers: [{name: x-beta, exact: '1'}]";

    private static Matches.Both both(Matches matches, String own, String ordered) throws JsonProcessingException {
        return matches.both(Document.of(YAML.readValue(own, Map.class)), YAML.readValue(ordered, Match.class));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            {}                                              | exact: /a      | {type: Exact, value: /a}
            {}                                              | prefix: /a/    | {type: PathPrefix, value: /a}
            {}                                              | regex: "/v[12]" | {type: RegularExpression, value: '^(?:/v[12])$'}
            path: {type: PathPrefix, value: /}              | exact: /a      | {type: Exact, value: /a}
            path: {type: PathPrefix, value: /a}             | exact: /a/b    | {type: Exact, value: /a/b}
            path: {type: PathPrefix, value: /a}             | exact: /ab     | none
            path: {type: PathPrefix, value: /a}             | prefix: /a/b   | {type: PathPrefix, value: /a/b}
            path: {type: PathPrefix, value: /a/b}           | prefix: /a     | {type: PathPrefix, value: /a/b}
            path: {type: PathPrefix, value: /a}             | prefix: /b     | none
            path: {type: Exact, value: /a/b}                | prefix: /a     | {type: Exact, value: /a/b}
            path: {type: Exact, value: /a}                  | exact: /a      | {type: Exact, value: /a}
            path: {type: Exact, value: /a}                  | exact: /b      | none
            """)
    @DisplayName("like Gateway API's: both paths hold, and prefixes are of whole parts")
    void joinsPaths(String own, String ordered, String expected) throws JsonProcessingException {
        // when
        var both = both(HTTP, own, "path: {" + ordered + "}");

        // then
        assertThat(both.flaw()).isNull();
        if (expected == null) {
            assertThat(both.match()).isNull();
        } else {
            assertThat(both.match().get("path")).isEqualTo(YAML.readValue(expected, Map.class));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            {}                                        | exact: /a     | {exact: /a}
            uri: {prefix: /}                          | regex: "/v[12]" | {regex: '/v[12]'}
            uri: {prefix: /a}                         | exact: /ab    | {exact: /ab}
            uri: {prefix: /a/b}                       | prefix: /a    | {prefix: /a/b}
            uri: {prefix: /a}                         | exact: /A     | none
            {uri: {prefix: /a}, ignoreUriCase: true}  | exact: /A     | {exact: /A}
            uri: {exact: /a}                          | prefix: /     | {exact: /a}
            uri: {exact: /a}                          | exact: /b     | none
            """)
    @DisplayName("Istio's: both paths hold, and prefixes are of texts")
    void joinsUris(String own, String ordered, String expected) throws JsonProcessingException {
        // when
        var both = both(ISTIO, own, "path: {" + ordered + "}");

        // then
        assertThat(both.flaw()).isNull();
        if (expected == null) {
            assertThat(both.match()).isNull();
        } else {
            assertThat(both.match().get("uri")).isEqualTo(YAML.readValue(expected, Map.class));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            []                              | exact: /a       | [{exact: /a}]
            [{prefix: /}]                   | regex: "/v[12]" | [{regex: '/v[12]'}]
            [{prefix: /a}]                  | exact: /ab      | [{exact: /ab}]
            [{prefix: /a/b}]                | prefix: /a      | [{prefix: /a/b}]
            [{exact: /a}]                   | exact: /a       | [{exact: /a}]
            [{exact: /a}]                   | prefix: /b      | none
            [{prefix: /}, {header: {name: x, present: true}}] | exact: /a | [{header: {name: x, present: true}}, {exact: /a}]
            """)
    @DisplayName("Contour's: both paths hold, and one that is narrower ends the list, since Contour goes by the last")
    void joinsConditions(String own, String ordered, String expected) throws JsonProcessingException {
        // when
        var both = both(CONTOUR, "conditions: " + own, "path: {" + ordered + "}");

        // then
        assertThat(both.flaw()).isNull();
        if (expected == null) {
            assertThat(both.match()).isNull();
        } else {
            assertThat(both.match().get("conditions")).isEqualTo(YAML.readValue(expected, List.class));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            prefix: /                  | exact: /a       | {path: {exact: /a}}
            prefix: /                  | prefix: /a      | {prefix: /a}
            prefix: /                  | regex: "/v[12]" | {path: {regex: '^(?:/v[12])$'}}
            path: {exact: /a}          | prefix: /       | {path: {exact: /a}}
            path: {regex: "/a.*"}      | prefix: /       | none
            """)
    @DisplayName("App Mesh's: a path or a prefix, never both")
    void joinsPathsAndPrefixes(String own, String ordered, String expected) throws JsonProcessingException {
        // when
        var both = both(AppMeshMatches.HTTP, own, "path: {" + ordered + "}");

        // then
        if (expected == null) {
            assertThat(both.flaw()).contains("leave the path out");
        } else {
            assertThat(both.match()).isEqualTo(YAML.readValue(expected, Map.class));
        }
    }

    @Test
    @DisplayName("what Contour and App Mesh can't say of a route is refused, with what to do")
    void saysWhatOthersCannot() throws JsonProcessingException {
        assertThat(both(CONTOUR, "conditions: [{header: {name: X-Beta, contains: '1'}}]", BETA)
                        .flaw())
                .contains("x-beta itself");
        assertThat(both(CONTOUR, "conditions: [{header: {name: X-Beta, exact: '1', ignoreCase: true}}]", BETA)
                        .flaw())
                .contains("x-beta itself");
        assertThat(both(CONTOUR, "{}", "path: {regex: '.*a'}").flaw()).contains("begin with /");
        assertThat(both(AppMeshMatches.HTTP, "headers: [{name: x-beta, invert: true, match: {exact: '1'}}]", BETA)
                        .flaw())
                .contains("x-beta itself");
        assertThat(both(AppMeshMatches.HTTP, "{}", "headers: [{name: x, exact: '" + "1".repeat(256) + "'}]")
                        .flaw())
                .contains("too long");
        assertThat(both(AppMeshMatches.HTTP, headers(10), BETA).flaw()).contains("11 headers of at most 10");
        assertThat(both(AppMeshMatches.GRPC, "{}", "method: POST").flaw()).contains("leave the method");
        assertThat(both(AppMeshMatches.GRPC, "{}", "path: {prefix: /shop}").flaw())
                .contains("whole calls");
    }

    private static String headers(int number) {
        return "headers: ["
                + IntStream.range(0, number)
                        .mapToObj(i -> "{name: x-" + i + ", match: {exact: '1'}}")
                        .collect(Collectors.joining(", "))
                + "]";
    }

    @Test
    @DisplayName("what can't be joined is said, and never joined by halves")
    void saysWhatCannotBeJoined() throws JsonProcessingException {
        assertThat(both(HTTP, "path: {type: RegularExpression, value: /a.*}", "path: {exact: /ab}")
                        .flaw())
                .contains("leave the path out");
        assertThat(both(HTTP, "path: {type: Exact, value: /a}", "path: {regex: /a.*}")
                        .flaw())
                .contains("match on exact or prefix");
        assertThat(both(ISTIO, "uri: {regex: /a.*}", "path: {exact: /ab}").flaw())
                .contains("leave the path out");
        assertThat(both(ISTIO, "headers: {x-beta: {regex: '[0-9]'}}", "headers: [{name: X-Beta, exact: '1'}]")
                        .flaw())
                .contains("x-beta");
        assertThat(both(ISTIO, "method: {regex: 'G.*'}", "method: GET").flaw()).contains("the method");
    }

    @Test
    @DisplayName("conditions that no request can meet together match none, and the same one twice is one")
    void matchesNone() throws JsonProcessingException {
        assertThat(both(HTTP, "headers: [{name: x-beta, value: '2'}]", "headers: [{name: X-Beta, exact: '1'}]"))
                .isEqualTo(Matches.Both.NONE);
        assertThat(both(CONTOUR, "conditions: [{header: {name: X-Beta, exact: '2'}}]", BETA))
                .isEqualTo(Matches.Both.NONE);
        assertThat(both(AppMeshMatches.HTTP, "headers: [{name: X-Beta, match: {exact: '2'}}]", BETA))
                .isEqualTo(Matches.Both.NONE);
        assertThat(both(AppMeshMatches.HTTP, "method: POST", "method: GET")).isEqualTo(Matches.Both.NONE);
        assertThat(both(AppMeshMatches.GRPC, "serviceName: a.B", "path: {exact: /a.C/Get}"))
                .isEqualTo(Matches.Both.NONE);
        assertThat(both(HTTP, "method: POST", "method: GET")).isEqualTo(Matches.Both.NONE);
        assertThat(both(ISTIO, "headers: {x-beta: {exact: '2'}}", "headers: [{name: X-Beta, exact: '1'}]"))
                .isEqualTo(Matches.Both.NONE);
        assertThat(both(ISTIO, "method: {exact: POST}", "method: GET")).isEqualTo(Matches.Both.NONE);
        var same = both(HTTP, "headers: [{name: x-beta, value: '1'}]", "headers: [{name: X-Beta, exact: '1'}]");
        assertThat(Document.of(same.match()).list("headers")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            team=a.b                | exact: a.b   | true
            x=1; team=a.b; y=2      | exact: a.b   | true
            x=1;team=a.b            | exact: a.b   | true
            team=aXb                | exact: a.b   | false
            xteam=a.b               | exact: a.b   | false
            team=a.bc               | exact: a.b   | false
            team=web-1; y=2         | prefix: web- | true
            y=web-1                 | prefix: web- | false
            team=7                  | regex: '[0-9]' | true
            team=77                 | regex: '[0-9]' | false
            """)
    @DisplayName("a cookie is found among others, by its whole name and value")
    void findsCookies(String header, String value, boolean isFound) throws JsonProcessingException {
        // given
        var match = both(HTTP, "{}", "cookies: [{name: team, " + value + "}]").match();

        // when
        var expression = Document.of(match).list("headers").getFirst().text("value");

        // then
        assertThat(Pattern.matches(expression, header)).isEqualTo(isFound);
    }
}
