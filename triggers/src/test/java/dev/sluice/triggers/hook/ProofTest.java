package dev.sluice.triggers.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProofTest {
    /** GitHub's documentation has this secret, body and signature. */
    private static final String SECRET = "It's a Secret to Everybody";

    private static final byte[] BODY = "Hello, World!".getBytes(StandardCharsets.UTF_8);
    private static final String SIGNATURE = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

    private static Optional<Integer> status(Kind kind, Map<String, String> headers) {
        return kind.refusal(headers, null, SECRET, BODY).map(Proof.Refusal::status);
    }

    @Test
    void aSignatureOfTheBodyIsAProof() {
        assertThat(status(Kind.GITHUB, Map.of("x-hub-signature-256", SIGNATURE)))
                .isEmpty();
        assertThat(status(Kind.FLUX_HMAC, Map.of("x-signature", SIGNATURE.toUpperCase(Locale.ROOT))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"sha224, HmacSHA224", "sha384, HmacSHA384", "sha512, HmacSHA512"})
    void fluxMaySignByOtherAlgorithms(String word, String algorithm) throws Exception {
        // given
        var mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), algorithm));
        var shown = word + "=" + HexFormat.of().formatHex(mac.doFinal(BODY));

        // when / then
        assertThat(status(Kind.FLUX_HMAC, Map.of("x-signature", shown))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "none, 401",
                "sha256=00, 403",
                "sha256=857107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17, 403",
                "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17, 403",
                "md5=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17, 403",
                "sha1=757107ea0eb2509fc211221cce984b8a37570b6d, 403",
                "'', 403"
            })
    void anythingElseIsNone(String shown, int status) {
        var headers = shown == null ? Map.<String, String>of() : Map.of("x-hub-signature-256", shown);
        assertThat(status(Kind.GITHUB, headers)).contains(status);
    }

    @Test
    void aTokenIsTheSecretItself() {
        assertThat(status(Kind.ARGOCD, Map.of("x-sluice-token", SECRET))).isEmpty();
        assertThat(status(Kind.GITLAB, Map.of("x-gitlab-token", SECRET))).isEmpty();
        assertThat(status(Kind.FLUX, Map.of("authorization", "Bearer " + SECRET)))
                .isEmpty();
        assertThat(status(Kind.GITLAB, Map.of("x-gitlab-token", SECRET + "x"))).contains(403);
        assertThat(status(Kind.FLUX, Map.of("authorization", "Bearer"))).contains(403);
        assertThat(status(Kind.ARGOCD, Map.of())).contains(401);
    }

    @Test
    void theHeaderOfAProofCanBeAnotherOne() {
        assertThat(Kind.ARGOCD.refusal(Map.of("x-other", SECRET), "X-Other", SECRET, BODY))
                .isEmpty();
        assertThat(Kind.ARGOCD.refusal(Map.of("x-sluice-token", SECRET), "X-Other", SECRET, BODY))
                .isPresent();
    }
}
