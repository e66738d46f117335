package dev.sluice.applier.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.applier.TestOrder;
import dev.sluice.schemas.rollout.Match;
import dev.sluice.schemas.rollout.Match.Condition;
import dev.sluice.schemas.rollout.Match.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expressions by which the two NGINXes tell requests apart. Java's search as PCRE does. */
class NginxMatchesTest {
    private static final String ANNOTATIONS = "nginx.ingress.kubernetes.io/canary-by-header";

    private static Condition condition(String name, String form, String value) {
        return new Condition(
                name,
                form.equals("exact") ? value : null,
                form.equals("prefix") ? value : null,
                form.equals("regex") ? value : null);
    }

    private static Match header(Condition condition) {
        return new Match(List.of(condition), null, null, null, null, null);
    }

    private static Match cookie(Condition condition) {
        return new Match(null, List.of(condition), null, null, null, null);
    }

    /** As NGINX reads what stands between quotation marks. */
    private static String unquoted(String value) {
        return value.replaceAll("\\\\([\"\\\\])", "$1").substring(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            exact  | a.b         | a.b      | true
            exact  | a.b         | A.B      | false
            exact  | a.b         | aXb      | false
            exact  | say "hi"    | say "hi" | true
            exact  | back\\slash | back\\slash | true
            prefix | a.          | a.b      | true
            prefix | a.          | xa.b     | false
            regex  | `a|b`       | b        | true
            regex  | `a|b`       | ab       | false
            regex  | \\d+\\\\?    | 12\\     | true
            regex  | .*          | ``       | false
            """)
    @DisplayName("F5 NGINX's values are the whole of what is compared, in its case, and never of what isn't there")
    void comparesWholeValues(String form, String value, String there, boolean isMatched) {
        // given
        var conditions = NginxConditions.of(header(condition("x-beta", form, value)));

        // when
        var written = (String) conditions.list().getFirst().get("value");

        // then
        assertThat(written).matches("([^\"\\\\]|\\\\.)*");
        assertThat(Pattern.compile(unquoted(written)).matcher(there).find()).isEqualTo(isMatched);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            exact  | /cart | /cart          | true
            exact  | /cart | /cart?a=/cart  | true
            exact  | /cart | /cart/pay      | false
            exact  | /cart | /a?x=/cart     | false
            prefix | /cart | /carts?a       | true
            prefix | /cart | /a/cart        | false
            """)
    @DisplayName("F5 NGINX's path is compared without the query that its variable has")
    void comparesPaths(String form, String path, String uri, boolean isMatched) {
        // given
        var text = new Text(form.equals("exact") ? path : null, form.equals("prefix") ? path : null, null);

        // when
        var written = (String) NginxConditions.of(new Match(null, null, null, text, null, null))
                .list()
                .getFirst()
                .get("value");

        // then
        assertThat(Pattern.compile(unquoted(written)).matcher(uri).find()).isEqualTo(isMatched);
    }

    @Test
    @DisplayName("names and values that F5 NGINX takes no object with are refused, with what to do")
    void refusesWhatItsControllerRefuses() {
        assertThat(NginxConditions.of(header(condition("x_beta", "exact", "1"))).flaw())
                .contains("letters, digits and hyphens");
        assertThat(NginxConditions.of(new Match(null, null, List.of(condition("a-b", "exact", "1")), null, null, null))
                        .flaw())
                .contains("letters, digits and underscores");
        assertThat(NginxConditions.of(header(condition("x-beta", "exact", ""))).flaw())
                .contains("isn't empty");
        assertThat(NginxConditions.unfit("x-variant", "${host}")).isPresent();
        assertThat(NginxConditions.unfit("x-variant", "")).isPresent();
        assertThat(NginxConditions.unfit("x_variant", "canary")).isPresent();
        assertThat(NginxConditions.unfit("x-variant", "canary")).isEmpty();
    }

    private static Map<?, ?> annotations(Match match) {
        var order = TestOrder.of(0)
                .between("checkout", "checkout-canary")
                .matching(match)
                .build();
        var ingress = new Document(new LinkedHashMap<>());
        assertThat(CanaryRequests.put(ingress, order, "checkout-canary")).isNull();
        return (Map<?, ?>) ingress.at("metadata", "annotations");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            exact  | web 1,2   | web 1,2    | true
            exact  | web 1,2   | web 1,23   | false
            exact  | <a.b>     | <a.b>      | true
            exact  | <a.b>     | <aXb>      | false
            prefix | web;      | web;1      | true
            prefix | web;      | a web;1    | false
            regex  | `web|api` | api        | true
            regex  | `web|api` | web-api    | false
            """)
    @DisplayName("ingress-nginx's pattern is of the whole header, in characters that its controller takes")
    void writesPatterns(String form, String value, String there, boolean isMatched) {
        // when
        var pattern =
                (String) annotations(header(condition("x-beta", form, value))).get(ANNOTATIONS + "-pattern");

        // then
        assertThat(pattern).matches("[/\\-._~a-zA-Z0-9:^$\\[\\](){}*+?|&=\\\\]*");
        assertThat(Pattern.compile(pattern).matcher(there).find()).isEqualTo(isMatched);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            exact  | web | team=web            | true
            exact  | web | a=1; team=web; b=2  | true
            exact  | web | xteam=web           | false
            exact  | web | team=web1           | false
            prefix | web | team=web1; b=2      | true
            prefix | web | b=web               | false
            """)
    @DisplayName("ingress-nginx's cookie is found among others, by its whole name and value")
    void findsCookies(String form, String value, String there, boolean isMatched) {
        // when
        var annotations = annotations(cookie(condition("team", form, value)));

        // then
        assertThat(annotations.get(ANNOTATIONS)).isEqualTo("Cookie");
        assertThat(Pattern.compile((String) annotations.get(ANNOTATIONS + "-pattern"))
                        .matcher(there)
                        .find())
                .isEqualTo(isMatched);
    }

    @Test
    @DisplayName("what ingress-nginx takes no annotation with is refused, with what to do")
    void refusesWhatIsNoAnnotation() {
        assertThat(cannot(header(condition("x beta", "exact", "1")))).contains("letters, digits");
        assertThat(cannot(header(condition("x-beta", "regex", "a,b")))).contains("\\x2c");
        assertThat(cannot(new Match(
                        List.of(condition("a", "exact", "1"), condition("b", "exact", "1")),
                        null,
                        null,
                        null,
                        null,
                        null)))
                .contains("one header or one cookie");
    }

    private static String cannot(Match match) {
        return CanaryRequests.cannot(
                        TestOrder.of(0).matching(match).build(),
                        TestOrder.of(0).build().canary())
                .orElseThrow();
    }
}
