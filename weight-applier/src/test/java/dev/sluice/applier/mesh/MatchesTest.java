package dev.sluice.applier.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.sluice.schemas.rollout.Match;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A rule's own match joined with an ordered one. */
class MatchesTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Matches HTTP = new HttpMatches(false);
    private static final Matches ISTIO = new IstioMatches();

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
