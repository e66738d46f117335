package dev.sluice.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(TooOftenTest.FiveAtOnce.class)
class TooOftenTest {
    public static final class FiveAtOnce implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("sluice.access.rate", "1", "sluice.access.burst", "5");
        }
    }

    @Test
    void whoAsksTooOftenIsToldHowLongToWait() {
        // given
        var waits = IntStream.range(0, 30)
                .mapToObj(i -> given().get("/api/open/x"))
                .filter(answer -> answer.statusCode() == 429)
                .map(answer -> answer.header("Retry-After"))
                .toList();

        // then
        assertThat(waits).isNotEmpty().allMatch(wait -> Integer.parseInt(wait) > 0);
        assertThat(IntStream.range(0, 30).map(i -> given().get("/api/who/x").statusCode()))
                .contains(429)
                .doesNotContain(200);
    }
}
