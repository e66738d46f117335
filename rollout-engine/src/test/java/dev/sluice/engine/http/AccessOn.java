package dev.sluice.engine.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;

/** The engine as it is run where somebody may do something: people with tokens, and topics that are trusted so far. */
public class AccessOn implements QuarkusTestProfile {
    static final String TRUSTED = "trusted.commands";
    static final String OPERATORS = "operators.commands";

    private static final String RULES = """
            rules:
              - {applications: [shop/*], roles: [viewer], people: [vera]}
              - {applications: [shop/*], roles: [operator], people: [olga]}
              - {applications: [shop/*], roles: [approver], groups: [sre]}
              - {applications: ['*'], roles: [admin], people: [root]}
              - {applications: [shop/*], roles: [sender], people: [collector]}
            """;

    @Override
    public Map<String, String> getConfigOverrides() {
        try {
            var folder = Files.createTempDirectory("access");
            var rules = Files.writeString(folder.resolve("rules.yaml"), RULES);
            var tokens = Files.writeString(folder.resolve("tokens.yaml"), """
                    tokens:
                      - {name: vera, sha256: %s}
                      - {name: olga, sha256: %s}
                      - {name: carol, sha256: %s, groups: [sre]}
                      - {name: root, sha256: %s}
                      - {name: collector, sha256: %s}
                      - {name: gone, sha256: %s, groups: [sre], expires: 2020-01-01T00:00:00Z}
                    """.formatted(
                            hash("vera"), hash("olga"), hash("carol"), hash("root"), hash("collector"), hash("gone")));
            return Map.of(
                    "sluice.access.mode",
                    "on",
                    "sluice.access.rules",
                    rules.toString(),
                    "sluice.access.tokens",
                    tokens.toString(),
                    "sluice.commands.topics.\"" + TRUSTED + "\".trusted-roles",
                    "true",
                    "sluice.commands.topics.\"" + OPERATORS + "\".roles",
                    "operator",
                    "sluice.commands.topics.\"" + OPERATORS + "\".applications",
                    "shop/*");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As long as a random one. */
    static String token(String name) {
        return HexFormat.of().formatHex(sha256("of " + name));
    }

    static RequestSpecification as(String name) {
        return RestAssured.given().header("Authorization", "Bearer " + token(name));
    }

    private static String hash(String name) {
        return HexFormat.of().formatHex(sha256(token(name)));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
