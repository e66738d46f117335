package dev.sluice.applier.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {

    @ParameterizedTest
    @CsvSource({
        "'Mon, 30 Nov 2026 12:00:09 GMT', 9",
        "'Mon, 30 Nov 2026 13:00:00 GMT', 60",
        "'Mon, 30 Nov 2026 11:00:00 GMT', 0",
        "'Mon, 30 Nov 2026 99:00:00 GMT', 0",
        "' 9 ', 9",
    })
    @DisplayName(
            "B19 a date is compared with the answer's own, so that clocks may differ, and never waited for too long")
    void comparesDates(String header, int seconds) {
        assertThat(RetryAfter.in(answer(Map.of("Retry-After", header, "Date", "Mon, 30 Nov 2026 12:00:00 GMT"))))
                .isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({"'Mon, 30 Nov 2026 12:00:09 GMT'", "''"})
    @DisplayName("a date alone says nothing")
    void needsBothDates(String header) {
        assertThat(RetryAfter.in(answer(Map.of("Retry-After", header)))).isZero();
    }

    private static HttpResponse<Void> answer(Map<String, String> headers) {
        return new HttpResponse<>() {
            @Override
            public List<String> headers(String name) {
                return headers.containsKey(name) ? List.of(headers.get(name)) : List.of();
            }

            @Override
            public Map<String, List<String>> headers() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int code() {
                return 429;
            }

            @Override
            public Void body() {
                return null;
            }

            @Override
            public HttpRequest request() {
                throw new UnsupportedOperationException();
            }

            @Override
            public Optional<HttpResponse<?>> previousResponse() {
                return Optional.empty();
            }
        };
    }
}
