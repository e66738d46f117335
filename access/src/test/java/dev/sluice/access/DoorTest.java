package dev.sluice.access;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(value = ProviderResource.class, restrictToAnnotatedClass = true)
class DoorTest {
    private final OpenIdProvider provider = ProviderResource.provider();

    private static RequestSpecification with(String token) {
        return given().header("Authorization", "Bearer " + token);
    }

    private RequestSpecification alice() {
        return with(provider.token(provider.claims("alice", "shop-team")));
    }

    @Test
    void nobodyIsLetInWithoutAToken() {
        given().get("/api/who/x")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", startsWith("Bearer"))
                .body("status", equalTo(401))
                .body("error", containsString("no token"))
                .body("todo", containsString("Authorization: Bearer"));
        given().get("/api/nothing").then().statusCode(401);
    }

    @Test
    void aTokenOfTheProviderSaysWhoItIs() {
        alice().get("/api/who/x").then().statusCode(200).body(equalTo("alice"));
    }

    @Test
    void aTokenOfTheFileSaysWhoItIs() {
        with(ProviderResource.TOKEN).get("/api/who/x").then().statusCode(200).body(equalTo("bot"));
    }

    @Test
    void aBodyComesWholeThoughItsSenderIsLookedAtFirst() {
        alice().body("x".repeat(300_000))
                .post("/api/body")
                .then()
                .statusCode(200)
                .body(equalTo("alice sent 300000"));
        given().body("x".repeat(300_000)).post("/api/body").then().statusCode(401);
    }

    @Test
    void aForgedTokenIsNone() {
        var claims = provider.claims("root");
        refused(provider.forged(claims));
        refused(OpenIdProvider.unsigned(claims));
        refused(provider.confused(claims));
        refused(ProviderResource.TOKEN.replace("b7b7", "b7b8"));
        refused("a.b.c");
        refused("");
    }

    @Test
    void aStaleTokenIsNone() {
        var claims = provider.claims("alice", "shop-team");
        claims.put("exp", 1_000_000_000L);
        refused(provider.token(claims));
        claims.remove("exp");
        refused(provider.token(claims));
        refused(ProviderResource.EXPIRED);
    }

    @Test
    void aTokenForSomebodyElseIsNone() {
        refused(provider.token(changed("aud", "another-service")));
        refused(provider.token(changed("iss", "https://evil.example.com")));
    }

    private Map<String, Object> changed(String claim, String value) {
        var claims = provider.claims("alice", "shop-team");
        claims.put(claim, value);
        return claims;
    }

    private static void refused(String token) {
        with(token).get("/api/who/x").then().statusCode(401).body("error", not(containsString(token + "x")));
    }

    @Test
    void nothingButOneHeaderIsAProof() {
        given().cookie("Authorization", "Bearer " + ProviderResource.TOKEN)
                .cookie("access_token", ProviderResource.TOKEN)
                .get("/api/who/x")
                .then()
                .statusCode(401);
        given().queryParam("access_token", ProviderResource.TOKEN)
                .get("/api/who/x")
                .then()
                .statusCode(401);
        given().auth()
                .preemptive()
                .basic("bot", ProviderResource.TOKEN)
                .get("/api/who/x")
                .then()
                .statusCode(401);
        given().header("Authorization", "Bearer " + ProviderResource.TOKEN, "Bearer x")
                .get("/api/who/x")
                .then()
                .statusCode(401);
    }

    @Test
    void whoHasNoRoleIsKnownAndLetInNowhere() {
        var stranger = with(provider.token(provider.claims("mallory", "other-team")));
        stranger.get("/api/who/x").then().statusCode(403).body("error", equalTo("mallory has no role for this here"));
    }

    @Test
    void aPageOfAnotherSiteSendsNothing() {
        alice().header("Origin", "https://evil.example.com")
                .body("x")
                .post("/api/body")
                .then()
                .statusCode(403)
                .body("error", containsString("another site"));
        alice().header("Sec-Fetch-Site", "cross-site")
                .body("x")
                .post("/api/body")
                .then()
                .statusCode(403);
        alice().header("Origin", "null").body("x").post("/api/body").then().statusCode(403);
        alice().header("Origin", "http://localhost:" + RestAssured.port)
                .body("x")
                .post("/api/body")
                .then()
                .statusCode(200);
        given().header("Origin", "https://evil.example.com")
                .header("Access-Control-Request-Method", "POST")
                .options("/api/body")
                .then()
                .statusCode(401)
                .header("Access-Control-Allow-Origin", nullValue());
    }

    @Test
    void whatIsOpenIsOpenToWhateverTokenItHas() {
        given().get("/api/open/abc").then().statusCode(200);
        with("a token of their own").get("/api/open/abc/callback").then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//api/who/x",
                "/api//who/x",
                "/api/./who/x",
                "/api/open/../who/x",
                "/api/open/..",
                "/api/open/%2e%2e/who/x",
                "/api/open/..%2fwho/x",
                "/api/open/x%2f..%2f..%2fwho",
                "/api/open/x;/../../who/x",
                "/api/open/abc;a=b",
                "/api/open//../who/x",
                "/%61pi/who/x",
                "/api/who/x?/api/open/abc",
                "/API/who/x",
                "/api\\who\\x",
                "/q/health/../../api/who/x",
                "http://localhost/api/who/x"
            })
    void noSpellingOfAPathIsAWayAroundTheDoor(String path) throws IOException {
        // rest-assured and the JDK's client would tidy it up
        try (var socket = new Socket("localhost", RestAssured.port)) {
            var request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            Assertions.assertThat(answer).matches("(?s)HTTP/1.1 4(00|01|04) .*");
        }
    }

    @Test
    void everyAnswerSaysWhatABrowserMayNotDoWithIt() {
        given().get("/api/who/x")
                .then()
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY")
                .header("Cache-Control", "no-store")
                .header("Content-Security-Policy", containsString("frame-ancestors 'none'"));
        alice().get("/api/who/x").then().header("Referrer-Policy", "no-referrer");
    }

    @Test
    void itSaysWhoOneIs() {
        alice().get("/api/me")
                .then()
                .statusCode(200)
                .body("actor", equalTo("alice"))
                .body("groups", hasItem("shop-team"))
                .body("mode", equalTo("on"))
                .body("grants[0].applications", equalTo("shop/*"))
                .body("grants[0].roles", hasItem("operator"));
        alice().get("/api/me?application=shop/checkout")
                .then()
                .statusCode(200)
                .body("roles", equalTo(java.util.List.of("operator")))
                .body("commands", hasItem("abort"))
                .body("commands", not(hasItem("approve")))
                .body("force", equalTo(false));
        alice().get("/api/me?application=other/app").then().body("commands", equalTo(java.util.List.of()));
        with(provider.token(provider.claims("mallory"))).get("/api/me").then().statusCode(200);
        given().get("/api/me").then().statusCode(401);
    }

    @Test
    void aChangedFileOfRulesCountsWithoutARestart() {
        // when
        ProviderResource.rules("rules:\n  - {applications: ['*'], roles: [viewer], people: [bot]}\n");

        // then
        await().untilAsserted(() -> alice().get("/api/who/x").then().statusCode(403));
        with(ProviderResource.TOKEN).get("/api/who/x").then().statusCode(200);

        // when
        ProviderResource.rules(ProviderResource.RULES);

        // then
        await().untilAsserted(() -> alice().get("/api/who/x").then().statusCode(200));
    }
}
