package dev.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TokensTest {
    private static final Instant NOW = Instant.parse("2026-12-01T12:00:00Z");
    private static final String TOKEN = "0f".repeat(32);

    static String sha256(String token) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Tokens with(String more) throws Unreadable {
        return Tokens.read("tokens:\n  - {name: ci, sha256: " + sha256(TOKEN) + more + "}\n");
    }

    @Test
    void knowsATokenByItsHash() throws Unreadable {
        // given
        var tokens = with(", groups: [sre]");

        // then
        assertThat(tokens.find(TOKEN, NOW)).contains(new Tokens.Found.Known(new Identity("ci", Set.of("sre"))));
        assertThat(tokens.find(TOKEN + "0", NOW)).isEmpty();
        assertThat(tokens.find(sha256(TOKEN), NOW)).isEmpty();
    }

    @Test
    void knowsNoTokenThatSomebodyThoughtUp() throws Unreadable {
        // given
        var tokens = Tokens.read("tokens:\n  - {name: ci, sha256: " + sha256("secret") + "}\n");

        // then
        assertThat(tokens.find("secret", NOW)).isEmpty();
    }

    @Test
    void aTokenExpires() throws Unreadable {
        assertThat(with(", expires: 2026-12-01T12:00:00Z").find(TOKEN, NOW)).contains(new Tokens.Found.Expired(NOW));
        assertThat(with(", expires: 2026-12-01T12:00:01Z").find(TOKEN, NOW))
                .get()
                .isInstanceOf(Tokens.Found.Known.class);
    }

    @Test
    void saysWhatIsWrongWithAFile() {
        assertThatThrownBy(() -> Tokens.read("tokens:\n  - {name: ci, sha256: abc}"))
                .hasMessageContaining("sha256sum");
        assertThatThrownBy(() -> with(", expires: tomorrow")).hasMessageContaining("2027-06-30T00:00:00Z");
        assertThatThrownBy(() -> with(", group: [sre]")).hasMessageContaining("group");
        assertThatThrownBy(() -> Tokens.read("")).hasMessageContaining("empty");
        assertThatThrownBy(() -> Tokens.read("other: 1")).isInstanceOf(Unreadable.class);
    }
}
