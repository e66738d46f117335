package dev.sluice.access;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** An OpenID provider, a file of tokens and one of rules, for a test that is about access. */
public final class ProviderResource implements QuarkusTestResourceLifecycleManager {
    static final String RULES = """
            rules:
              - {applications: [shop/*], roles: [operator], groups: [shop-team], people: [bot]}
              - {applications: [shop/*], roles: [approver], groups: [sre]}
              - {applications: ['*'], roles: [admin], people: [root]}
            """;
    /** Of {@code bot}; 256 bits, as far as anybody knows. */
    static final String TOKEN = "b7".repeat(32);

    static final String EXPIRED = "c8".repeat(32);
    private static OpenIdProvider provider;
    private static Path folder;

    static OpenIdProvider provider() {
        return provider;
    }

    static void rules(String text) {
        write("rules.yaml", text);
    }

    @Override
    public Map<String, String> start() {
        try {
            provider = new OpenIdProvider();
            folder = Files.createTempDirectory("access");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        rules(RULES);
        write("tokens.yaml", """
                tokens:
                  - {name: bot, sha256: %s, groups: [ci]}
                  - {name: root, sha256: %s, expires: '2020-01-01T00:00:00Z'}
                """.formatted(TokensTest.sha256(TOKEN), TokensTest.sha256(EXPIRED)));
        return Map.of(
                "sluice.access.mode", "on",
                "sluice.access.rules", folder.resolve("rules.yaml").toString(),
                "sluice.access.tokens", folder.resolve("tokens.yaml").toString(),
                "quarkus.oidc.tenant-enabled", "true",
                "quarkus.oidc.auth-server-url", provider.url());
    }

    private static void write(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        provider.close();
    }
}
