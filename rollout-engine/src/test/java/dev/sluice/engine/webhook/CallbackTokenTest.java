package dev.sluice.engine.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackTokenTest {
    private static final byte[] KEY = filled(1);
    private static final CallbackToken TOKEN =
            new CallbackToken("shop/checkout", "shop/checkout/r1/prod-apac (canary)/3/1");

    private static byte[] filled(int value) {
        var key = new byte[CallbackToken.KEY_BYTES];
        Arrays.fill(key, (byte) value);
        return key;
    }

    @Test
    void isReadAgainAndFitsAUrl() {
        assertThat(TOKEN.signed(KEY)).matches("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{43}");
        assertThat(CallbackToken.read(KEY, TOKEN.signed(KEY))).contains(TOKEN);
    }

    @Test
    void anotherKeysIsNone() {
        assertThat(CallbackToken.read(filled(2), TOKEN.signed(KEY))).isEmpty();
    }

    @Test
    void aSignatureIsGoodForItsOwnCallOnly() {
        // given
        var other = new CallbackToken(TOKEN.application(), "shop/checkout/r1/prod-apac (canary)/3/2").signed(KEY);
        var claim = TOKEN.signed(KEY).split("\\.", 2)[0];

        // when / then
        assertThat(CallbackToken.read(KEY, claim + "." + other.split("\\.", 2)[1]))
                .isEmpty();
    }

    @Test
    void everyChangedCharacterIsSeen() {
        // given
        var token = TOKEN.signed(KEY);

        // when / then
        for (int i = 0; i < token.length(); i++) {
            var changed = token.substring(0, i) + (token.charAt(i) == 'A' ? 'B' : 'A') + token.substring(i + 1);
            assertThat(CallbackToken.read(KEY, changed)).as("at %d", i).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a", "a.b", "%%%.%%%", "YQ."})
    void anyOtherTextIsNone(String text) {
        assertThat(CallbackToken.read(KEY, text)).isEmpty();
    }

    @Test
    void readsBothWaysOfSayingHowItWent() {
        // given
        var nothing = new Scrubbed(List.of());

        // when / then
        assertThat(Callback.read("{\"success\": true, \"reason\": \"all green\"}", nothing))
                .contains(new Callback(true, "all green", List.of()));
        assertThat(Callback.read("{\"success\": false, \"mdMessage\": \"**red**\"}", nothing))
                .contains(new Callback(false, "**red**", List.of()));
        assertThat(Callback.read("{\"success\": true}", nothing)).contains(new Callback(true, null, List.of()));
        assertThat(Callback.read("{\"success\": \"true\"}", nothing)).isEmpty();
        assertThat(Callback.read("[]", nothing)).isEmpty();
        assertThat(Callback.read("no JSON", nothing)).isEmpty();
    }

    @Test
    void noSecretComesInByACallback() {
        // given
        var scrubbed = new Scrubbed(List.of("hunter2"));

        // when
        var callback = Callback.read(
                        "{\"success\": true, \"reason\": \"key hunter2\", \"links\": [{\"url\": \"https://x.example.com/hunter2\"}]}",
                        scrubbed)
                .orElseThrow();

        // then
        assertThat(callback).isEqualTo(new Callback(true, "key •••", List.of()));
    }
}
