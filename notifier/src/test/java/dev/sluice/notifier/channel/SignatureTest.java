package dev.sluice.notifier.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureTest {
    @Test
    void isThatOfStandardWebhooks() {
        // given: an example of the standard's own libraries
        var body = "{\"event_type\":\"ping\",\"data\":{\"success\":true}}".getBytes(StandardCharsets.UTF_8);

        // when
        var signature = Signature.by("whsec_plJ3nmyCDGBKInavdOK15jsl").of("msg_loFOjxBNrRLzqYUf", "1731705121", body);

        // then
        assertThat(signature).isEqualTo("v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "too-short", "whsec_", "whsec_?!", "whsec_c2hvcnQ="})
    void refusesWhatIsNoSecretWithoutSayingIt(String secret) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Signature.by(secret))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("too-short", "?!", "c2hvcnQ="));
    }
}
