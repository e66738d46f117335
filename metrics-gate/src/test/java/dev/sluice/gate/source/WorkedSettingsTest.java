package dev.sluice.gate.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The settings of docs/metric-providers.md as they stand there, against answers as the vendors' documentation shows them. */
class WorkedSettingsTest {
    private static final Path PAGE = Path.of("../docs/metric-providers.md");
    private static final Map<String, String> SECRETS = Map.of(
            "DD_API_KEY", "dd-api",
            "DD_APP_KEY", "dd-app",
            "NEW_RELIC_API_KEY", "NRAK-1",
            "AWS_ACCESS_KEY_ID", "AKIDEXAMPLE",
            "AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
            "INFLUXDB_TOKEN", "apiv3_1",
            "INFLUXDB_PASSWORD", "open sesame");

    private final FakeServer server = new FakeServer();

    @BeforeEach
    void setSecrets() {
        SECRETS.forEach(System::setProperty);
    }

    @AfterEach
    void close() {
        SECRETS.keySet().forEach(System::clearProperty);
        server.close();
    }

    @Test
    void asksDatadog() throws IOException {
        // given
        server.says(200, """
                {"status":"ok","res_type":"time_series","from_date":1796032800000,"to_date":1796033100000,
                 "query":"sum:errors{*}","message":"","group_by":[],
                 "series":[{"metric":"errors","scope":"*","interval":60,"length":3,"aggr":"sum","expression":"sum:errors{*}",
                   "pointlist":[[1796032800000.0,0.5],[1796032860000.0,null],[1796032920000.0,1.5]]}]}""");

        // when
        var answer = answer("datadog", "sum:errors{service:{{application}}}");

        // then
        assertThat(answer).isEqualTo(new Answer.Found(1, Answer.UNKNOWN));
        assertThat(server.request().method()).isEqualTo("GET");
        assertThat(server.request().path())
                .isEqualTo(
                        "/api/v1/query?from=1796032800&to=1796033100&query=sum%3Aerrors%7Bservice%3Ashop%2Fcheckout%7D");
        assertThat(server.request().header("DD-API-KEY")).isEqualTo("dd-api");
        assertThat(server.request().header("DD-APPLICATION-KEY")).isEqualTo("dd-app");
    }

    @Test
    void readsWhatDatadogCannotAnswer() throws IOException {
        assertThat(saying(200, "{\"status\":\"ok\",\"series\":[]}", "datadog"))
                .isEqualTo(
                        new Answer.Nothing("datadog has no data for this query: nothing at /series/*/pointlist/*/1"));
        assertThat(saying(200, "{\"status\":\"error\",\"error\":\"Error parsing query\"}", "datadog"))
                .isEqualTo(new Answer.Failed("datadog: the server answered: Error parsing query", false));
        assertThat(saying(403, "{\"errors\":[\"Forbidden\"]}", "datadog"))
                .isEqualTo(new Answer.Failed(
                        "datadog: the server answered 403 (it does not take the credentials): Forbidden", false));
        assertThat(saying(200, "{\"status\":\"ok\",\"series\":[{\"pointlist\":[]},{\"pointlist\":[]}]}", "datadog"))
                .isEqualTo(new Answer.Several("datadog gives 2 series, where one is needed: sum them up"));
    }

    @Test
    void asksNewRelic() throws IOException {
        // given
        server.says(200, """
                {"data":{"actor":{"account":{"nrql":{"results":[{"result":0.42,"samples":1240}]}}}}}""");

        // when
        var answer = answer("newrelic", "SELECT count(*) AS result FROM Transaction WHERE appName = '{{name}}'");

        // then
        assertThat(answer).isEqualTo(new Answer.Found(0.42, 1240));
        assertThat(server.request().header("API-Key")).isEqualTo("NRAK-1");
        assertThat(server.request().header("Content-Type")).isEqualTo("application/json");
        assertThat(server.request().body())
                .isEqualTo("{\"query\":\"query($id: Int!, $nrql: Nrql!) { actor { account(id: $id)"
                        + " { nrql(query: $nrql) { results } } } }\",\"variables\":{\"id\":1234567,\"nrql\":"
                        + "\"SELECT count(*) AS result FROM Transaction WHERE appName = 'it\\\\'s \\\"quoted\\\"'\"}}");
    }

    @Test
    void readsWhatNewRelicCannotAnswer() throws IOException {
        assertThat(saying(200, """
                {"data":{"actor":{"account":{"nrql":null}}},"errors":[{"message":"NRQL Syntax Error: Error at line 1"}]}""", "newrelic"))
                .isEqualTo(
                        new Answer.Failed("newrelic: the server answered: NRQL Syntax Error: Error at line 1", false));
        assertThat(saying(200, """
                {"data":{"actor":{"account":{"nrql":{"results":[{"result":null,"samples":0}]}}}}}""", "newrelic")).isInstanceOf(Answer.Nothing.class);
    }

    @Test
    void asksCloudWatch() throws IOException {
        // given
        server.says(200, """
                {"Messages":[],"MetricDataResults":[{"Id":"q1","Label":"5XX","StatusCode":"Complete",
                 "Timestamps":[1.7960328E9,1.79603286E9],"Values":[2.0,1.0]}]}""");

        // when
        var answer = answer("cloudwatch", "SUM(SEARCH('{AWS/ApplicationELB} app=\"{{name}}\"', 'Sum', 60))");

        // then
        assertThat(answer).isEqualTo(new Answer.Found(3, Answer.UNKNOWN));
        var request = server.request();
        assertThat(request.header("X-Amz-Target")).isEqualTo("GraniteServiceVersion20100801.GetMetricData");
        assertThat(request.header("Authorization"))
                .startsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/")
                .contains(
                        "/eu-central-1/monitoring/aws4_request, SignedHeaders=", "x-amz-target", "host", "Signature=");
        assertThat(request.body()).startsWith("""
                {"StartTime":1796032800,"EndTime":1796033100,"ScanBy":"TimestampAscending","MetricDataQueries":[{"Id":"q1\"""");
    }

    @Test
    void readsWhatCloudWatchCannotAnswer() throws IOException {
        assertThat(saying(400, """
                {"__type":"ValidationError","message":"Error in expression 'q1'"}""", "cloudwatch"))
                .isEqualTo(new Answer.Failed("cloudwatch: the server answered 400: Error in expression 'q1'", false));
        // a part of the data is none: asked again until it is whole
        var whole = """
                {"Messages":[],"MetricDataResults":[{"Id":"q1","StatusCode":"Complete","Timestamps":[1.7E9],"Values":[9.0]}]}""";
        server.says(200, whole.replace("Complete", "PartialData").replace("9.0", "1.0"))
                .says(200, whole);
        assertThat(answer("cloudwatch", "SELECT 1")).isEqualTo(new Answer.Found(9, Answer.UNKNOWN));
    }

    @Test
    void asksInfluxDb3() throws IOException {
        // given
        server.says(200, "[{\"result\":0.02,\"samples\":310}]");

        // when
        var answer = answer("influxdb3", "SELECT avg(e) AS result FROM http WHERE app = '{{name}}'");

        // then
        assertThat(answer).isEqualTo(new Answer.Found(0.02, 310));
        assertThat(server.request().path()).isEqualTo("/api/v3/query_sql");
        assertThat(server.request().header("Authorization")).isEqualTo("Bearer apiv3_1");
        assertThat(server.request().body())
                .isEqualTo("{\"db\":\"metrics\",\"q\":\"SELECT avg(e) AS result FROM http WHERE app = 'it''s"
                        + " \\\"quoted\\\"'\",\"format\":\"json\"}");
        assertThat(saying(200, "[]", "influxdb3")).isInstanceOf(Answer.Nothing.class);
        assertThat(saying(200, "[{\"result\":1},{\"result\":2}]", "influxdb3")).isInstanceOf(Answer.Several.class);
    }

    @Test
    void asksInfluxDb1() throws IOException {
        // given
        server.says(200, """
                {"results":[{"statement_id":0,"series":[{"name":"http","columns":["time","mean"],
                 "values":[["2026-11-30T10:00:00Z",0.02]]}]}]}""");

        // when
        var answer = answer("influxdb1", "SELECT mean(\"e\") FROM \"http\" WHERE \"app\" = '{{name}}'");

        // then
        assertThat(answer).isEqualTo(new Answer.Found(0.02, Answer.UNKNOWN));
        assertThat(server.request().path())
                .startsWith("/query?db=metrics&q=SELECT%20mean%28%22e%22%29")
                .endsWith("%27it%5C%27s%20%22quoted%22%27");
        assertThat(saying(200, "{\"results\":[{\"statement_id\":0}]}", "influxdb1"))
                .isInstanceOf(Answer.Nothing.class);
        assertThat(saying(200, "{\"results\":[{\"error\":\"database not found: metrics\"}]}", "influxdb1"))
                .isEqualTo(new Answer.Failed("influxdb: the server answered: database not found: metrics", false));
        assertThat(saying(400, "{\"error\":\"error parsing query\"}", "influxdb1"))
                .isEqualTo(new Answer.Failed("influxdb: the server answered 400: error parsing query", false));
    }

    private Answer saying(int status, String body, String example) throws IOException {
        try (var other = new FakeServer().says(status, body)) {
            return ask(example, "SELECT 1", other.url());
        }
    }

    private Answer answer(String example, String query) throws IOException {
        return ask(example, query, server.url());
    }

    private static Answer ask(String example, String query, String host) throws IOException {
        var settings = settings(example, host);
        var provider = example.startsWith("influxdb") ? "influxdb" : example;
        try (var asked = Asked.of(settings)) {
            var names = Map.of("application", "shop/checkout", "name", "it's \"quoted\"");
            return asked.answer(provider, Asked.question(query, names), Asked.LONG);
        }
    }

    /** The block of the page that says it is tested, at another host. */
    private static Map<String, String> settings(String example, String host) throws IOException {
        var page = Files.readString(PAGE);
        var start = page.indexOf("# tested: " + example + "\n");
        assertThat(start).as("the page's settings of " + example).isPositive();
        var properties = new Properties();
        properties.load(new StringReader(page.substring(start, page.indexOf("```", start))));
        var settings = new HashMap<String, String>();
        properties.forEach(
                (key, value) -> settings.put(key.toString(), value.toString().replaceFirst("^https://[^/]+", host)));
        return settings;
    }
}
