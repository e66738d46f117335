package dev.sluice.gate.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.oneOf;

import com.google.protobuf.CodedOutputStream;
import dev.sluice.gate.Bus;
import dev.sluice.gate.Shop;
import dev.sluice.gate.format.foreign.OtlpTest.Service;
import dev.sluice.sandbox.parts.KafkaTestResource;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Query.Evaluation;
import dev.sluice.schemas.rollout.Question;
import dev.sluice.schemas.rollout.Selector;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xerial.snappy.Snappy;

/** What comes in by HTTP, through a real broker to a verdict. */
@QuarkusTest
@TestProfile(WaysInTest.Configured.class)
@QuarkusTestResource(KafkaTestResource.class)
class WaysInTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final String PROTOBUF = "application/x-protobuf";
    private static final String OTLP = "/v1/metrics";
    private static final String WRITE = "/api/v1/write";
    private static final String OWN = "/api/metrics";

    public static final class Configured implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "sluice.gate.ways-in.otlp.preset", "otel",
                    "sluice.gate.ways-in.otlp.target", "prod",
                    "sluice.gate.ways-in.remote-write.application", "shop/{app}",
                    "sluice.gate.ways-in.remote-write.target", "prod",
                    "sluice.gate.ways-in.remote-write.revision", "{version}");
        }
    }

    @Inject
    Turns turns;

    private int held;
    private Bus bus;

    @BeforeEach
    void connect() {
        bus = new Bus(ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class), "rollout.");
    }

    @AfterEach
    void disconnect() {
        bus.close();
    }

    private void open(String application, String metric, String label) {
        var shop = Shop.named(application);
        bus.open(shop.set(1, shop.analysis("step-1", Instant.now(), LONG, 1, errors(metric, label))));
    }

    private static Query errors(String metric, String label) {
        return Shop.query(
                "error-rate",
                new Question.Ratio(new Selector(metric, Map.of(label, "5..")), Selector.of(metric)),
                0.01,
                null,
                10,
                Evaluation.CONTINUOUS);
    }

    /** With this content type and no other word about it. */
    private static RequestSpecification request(String type, Object body) {
        var plain = RestAssuredConfig.config()
                .encoderConfig(EncoderConfig.encoderConfig()
                        .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                        .encodeContentTypeAs(PROTOBUF, io.restassured.http.ContentType.BINARY));
        var request = given().config(plain).contentType(type);
        return body instanceof byte[] bytes ? request.body(bytes) : request.body((String) body);
    }

    @Test
    void takesSluicesOwnEventsAllOrNone() {
        // given
        open("shop/own-http", "http_requests", "code");
        var event =
                "{\"application\":\"shop/own-http\",\"target\":\"prod\",\"variant\":\"canary\",\"metric\":\"http_requests\","
                        + "\"labels\":{\"code\":\"%s\"},\"count\":%s,\"id\":\"%s\"}";
        var good = event.formatted("200", "4", "one");
        // when
        request("application/json", "[" + good + "," + event.formatted("500", "-1", "two") + "]")
                .post(OWN)
                .then()
                .statusCode(400)
                .body("error", containsString("event 2"));
        request("application/json", "no JSON").post(OWN).then().statusCode(400);
        request("text/plain", good).post(OWN).then().statusCode(415);
        request("application/json", "[" + (good + ",").repeat(1000) + good + "]")
                .post(OWN)
                .then()
                .statusCode(413);
        for (int time = 0; time < 5; time++) {
            request("application/json", good).post(OWN).then().statusCode(200).body("taken", equalTo(1));
        }
        request("application/json", "[" + good + "," + event.formatted("500", "16", "three") + "]")
                .post(OWN)
                .then()
                .statusCode(200)
                .body("taken", equalTo(2));
        // then
        var verdict = bus.verdict("r-shop/own-http/prod/step-1/1/1");
        assertThat(verdict.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(verdict.queries().getFirst().words()).contains("80 % of 20 ");
    }

    @Test
    @DisplayName("B12 OTLP/HTTP, packed or not, fails a bad canary, and a request that is repeated counts once")
    void takesOtlp() throws IOException {
        // given
        open("shop/otlp-http", "http.server.requests", "http.response.status_code");
        var canary = new Service(AggregationTemporality.DELTA, "otlp-http", "1.4.2", "pod-7");
        canary.requests(200, 4);
        var body = canary.proto();

        // when
        for (int time = 0; time < 5; time++) {
            request(PROTOBUF, body).post(OTLP).then().statusCode(200).contentType(PROTOBUF);
        }
        canary.requests(500, 16);
        request("application/json", packed(canary.json()))
                .header("Content-Encoding", "gzip")
                .post(OTLP)
                .then()
                .statusCode(200)
                .body(equalTo("{}"));

        // then
        var verdict = bus.verdict("r-shop/otlp-http/prod/step-1/1/1");
        assertThat(verdict.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(verdict.queries().getFirst().words()).contains("80 % of 20 ");
    }

    @Test
    @DisplayName("B25 only so many requests are read at the same time, and the rest is to come again")
    void refusesForNow() {
        // given
        while (turns.tryTake()) {
            held++;
        }

        try {
            // then
            request("application/json", "{}")
                    .post(OTLP)
                    .then()
                    .statusCode(429)
                    .header("Retry-After", "1")
                    .body("code", equalTo(8));
            request(PROTOBUF, new byte[] {1, 2, 3})
                    .header("Content-Encoding", "snappy")
                    .post(WRITE)
                    .then()
                    .statusCode(503)
                    .header("Retry-After", "1");
        } finally {
            for (; held > 0; held--) {
                turns.giveBack();
            }
        }
        request("application/json", "{}").post(OTLP).then().statusCode(200);
    }

    @Test
    void saysWhatNoMappingFits() {
        var json = """
                {"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"m","gauge":{"dataPoints":[{"asInt":"1"}]}}]}]}]}""";

        request("application/json", json)
                .post(OTLP)
                .then()
                .statusCode(200)
                .body("partialSuccess.rejectedDataPoints", equalTo("1"))
                .body("partialSuccess.errorMessage", equalTo("1 no-application"));
    }

    @Test
    @DisplayName("B25 what nobody can read, and what is too much, is refused as the protocols say")
    void refuses() throws IOException {
        request("application/json", "[]").post(OTLP).then().statusCode(400);
        request(PROTOBUF, "rubbish".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .post(OTLP)
                .then()
                .statusCode(400);
        request("text/plain", "rubbish").post(OTLP).then().statusCode(415);
        request(PROTOBUF, packed(new byte[20 << 20]))
                .header("Content-Encoding", "gzip")
                .post(OTLP)
                .then()
                .statusCode(413);
        request(PROTOBUF, new byte[] {1}).post(WRITE).then().statusCode(415);
        request(PROTOBUF, new byte[] {1, 2, 3})
                .header("Content-Encoding", "snappy")
                .post(WRITE)
                .then()
                .statusCode(400)
                .body(containsString("no remote write"));
        var random = new Random(20261130);
        for (int i = 0; i < 200; i++) {
            var bytes = new byte[1 + random.nextInt(100)];
            random.nextBytes(bytes);
            request(PROTOBUF, random.nextBoolean() ? Snappy.compress(bytes) : bytes)
                    .header("Content-Encoding", "snappy")
                    .post(WRITE)
                    .then()
                    .statusCode(oneOf(204, 400));
        }
    }

    @Test
    @DisplayName("B12 remote write 1.0 fails a bad canary, and what a pair of servers says twice counts once")
    void takesRemoteWrite() throws IOException {
        // given
        open("shop/write-one", "http_requests_total", "code");
        var at = Instant.now().toEpochMilli();

        // when
        for (int server = 0; server < 2; server++) {
            write(first(at, 7000, 500), PROTOBUF);
        }
        for (int server = 0; server < 2; server++) {
            write(first(at + 1, 7005, 515), PROTOBUF);
        }

        // then
        var verdict = bus.verdict("r-shop/write-one/prod/step-1/1/1");
        assertThat(verdict.outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    @DisplayName("B12 remote write 2.0 says when a counter began, so that its first total counts")
    void takesRemoteWriteOfTheSecondVersion() throws IOException {
        // given
        open("shop/write-two", "http_requests", "code");
        var at = Instant.now().toEpochMilli();

        // when
        write(second(at, 20, at - 500), PROTOBUF + ";proto=io.prometheus.write.v2.Request");

        // then
        var verdict = bus.verdict("r-shop/write-two/prod/step-1/1/1");
        assertThat(verdict.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(verdict.queries().getFirst().words()).contains("100 % of 20 ");
    }

    private static void write(byte[] body, String type) throws IOException {
        request(type, Snappy.compress(body))
                .header("Content-Encoding", "snappy")
                .post(WRITE)
                .then()
                .statusCode(204);
    }

    /** {@code prometheus.WriteRequest} with a series for each of 200 and 500. */
    private static byte[] first(long at, double good, double bad) throws IOException {
        var request = new ByteArrayOutputStream();
        for (var code : List.of("200", "500")) {
            var labels =
                    Map.of("__name__", "http_requests_total", "app", "write-one", "version", "1.4.2", "code", code);
            var series = new ByteArrayOutputStream();
            for (var label : labels.entrySet()) {
                series.writeBytes(message(1, out -> {
                    out.writeString(1, label.getKey());
                    out.writeString(2, label.getValue());
                }));
            }
            series.writeBytes(message(2, out -> {
                out.writeDouble(1, code.equals("200") ? good : bad);
                out.writeInt64(2, at);
            }));
            request.writeBytes(message(1, out -> out.writeRawBytes(series.toByteArray())));
        }
        return request.toByteArray();
    }

    /** {@code io.prometheus.write.v2.Request} with a counter that says when it began. */
    private static byte[] second(long at, double bad, long created) throws IOException {
        var symbols = List.of("", "__name__", "http_requests", "app", "write-two", "version", "1.4.2", "code", "500");
        var request = new ByteArrayOutputStream();
        request.writeBytes(message(5, out -> {
            var references = new byte[symbols.size() - 1];
            for (byte i = 0; i < references.length; i++) {
                references[i] = (byte) (i + 1);
            }
            out.writeByteArray(1, references);
            out.writeRawBytes(message(2, sample -> {
                sample.writeDouble(1, bad);
                sample.writeInt64(2, at);
            }));
            out.writeRawBytes(message(5, metadata -> metadata.writeEnum(1, 1)));
            out.writeInt64(6, created);
        }));
        for (var symbol : symbols) {
            request.writeBytes(written(out -> out.writeString(4, symbol)));
        }
        return request.toByteArray();
    }

    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    private static byte[] message(int number, Fields fields) throws IOException {
        var inner = written(fields);
        return written(out -> out.writeByteArray(number, inner));
    }

    private static byte[] written(Fields fields) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = CodedOutputStream.newInstance(bytes);
        fields.write(out);
        out.flush();
        return bytes.toByteArray();
    }

    private static byte[] packed(byte[] body) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        }
        return bytes.toByteArray();
    }
}
