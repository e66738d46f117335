package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors say what to do, on standard error, with an exit code that tells them apart. */
class SayingWhatIsWrongTest {
    private static final String LIST = "GET /api/rollouts";

    @Test
    void namesTheAddressWhereNothingAnswers() {
        // when
        var ran = Shell.plain().run("list --url http://localhost:1");
        // then
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("http://localhost:1", "--url", "SLUICE_URL", "--bootstrap");
        assertThat(ran.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "lisst",
                "list --nonsense",
                "get",
                "goto shop/checkout two",
                "get Shop/Checkout",
                "list --phase Sleeping",
                "list --url localhost:8080",
                "start -f /no/such/file",
                "watch shop/checkout --timeout soon",
                "pause shop/checkout --request-id a,b"
            })
    void usageIsTwo(String line) {
        // when
        var ran = Shell.plain().run(line);
        // then
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).isNotBlank();
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void saysHowToGiveATokenWhereOneIsWanted() {
        try (var server = new ScriptedServer().on(LIST, 401, "")) {
            // when
            var ran = Shell.of(server).run("list");
            // then
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.err()).contains("--token-file", "SLUICE_TOKEN");
        }
    }

    @Test
    void repeatsWhatTheEngineSaysOfARight() {
        try (var server = new ScriptedServer()
                .on(LIST, 403, Map.of("error", "no role for shop/checkout", "todo", "Ask an admin"))) {
            // when
            var ran = Shell.of(server).run("list");
            // then
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.err()).contains("no role for shop/checkout. Ask an admin");
        }
    }

    @Test
    void doesNotMistakeAnotherServerForTheEngine() {
        try (var server = new ScriptedServer().on(LIST, 200, "<html>")) {
            // when
            var ran = Shell.of(server).run("list");
            // then
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.err()).contains("is it the engine's address");
        }
    }

    @Test
    void sendsATokenOnlyToTheAddressThatWasGiven() {
        try (var server = new ScriptedServer().on(LIST, 302, "")) {
            // when
            var ran = Shell.of(server).run("list --token secret");
            // then
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.err()).contains("sends elsewhere").doesNotContain("secret");
        }
    }

    @Test
    void saysWhichApplicationIsUnknown() {
        try (var server = new ScriptedServer()) {
            // when
            var ran = Shell.of(server).run("get shop/nothing");
            // then
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.err()).contains("shop/nothing", "sluice list");
        }
    }

    @Test
    void takesTheTokenFromTheNearestPlace(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("token"), "of-file\n");
        try (var server = new ScriptedServer().on(LIST, 200, List.of())) {
            // when
            var shell = Shell.of(server).with("SLUICE_TOKEN", "of-environment");
            shell.run("list --token of-line");
            shell.run("list --token-file " + file);
            shell.run("list");
            Shell.of(server).with("SLUICE_TOKEN_FILE", file.toString()).run("list");
            Shell.of(server).run("list");
            // then
            assertThat(server.requests(LIST))
                    .extracting(ScriptedServer.Request::authorization)
                    .containsExactly(
                            "Bearer of-line", "Bearer of-file", "Bearer of-environment", "Bearer of-file", null);
        }
    }
}
