package dev.sluice.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sluice.sandbox.Services;
import dev.sluice.sandbox.SluiceService;
import dev.sluice.sandbox.demo.Demo;
import dev.sluice.sandbox.demo.StartCommand;
import dev.sluice.sandbox.parts.FreePort;
import dev.sluice.sandbox.shop.Shop;
import dev.sluice.sandbox.view.View;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** docs/walk.md: its walk by the page, in a browser, on what the sandbox leaves behind its demo. */
class PageWalkIT {
    private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
    private static final Path FILE = ROOT.resolve("docs/walk.yaml");
    private static final int NO_BROWSER = 77;
    private static final long LONGEST_MINUTES = 10;

    private final World world = World.running();

    private record Walked(int exit, String seen) {}

    @Test
    void theWalkGoesWhereThePageSays() throws Exception {
        try (var services = dashboard();
                var view = View.onStandardOutput();
                var demo = new Demo(world.platform(), world.feed(), view)) {
            // given
            var address =
                    "http://localhost:" + services.get(SluiceService.DASHBOARD).port();
            assumeThat(pageAt(address))
                    .as("the dashboard was built with its page")
                    .isTrue();
            takeBack("1.3.0");
            assertThat(demo.leaveWaiting(StartCommand.file(FILE))).isTrue();

            // when
            var walked = walk(address);

            // then
            assumeThat(walked.exit()).as(walked.seen()).isNotEqualTo(NO_BROWSER);
            assertThat(walked.exit()).as(walked.seen()).isZero();
        }
    }

    private Services dashboard() {
        return Services.start(
                world.platform(),
                List.of(SluiceService.DASHBOARD),
                ROOT,
                ROOT.resolve("sandbox/app/target/e2e/logs"),
                service -> FreePort.any(),
                service -> Services.SMALL,
                Map.of("SLUICE_DASHBOARD_ENGINE_URL", engine()));
    }

    private String engine() {
        return "http://localhost:" + world.services().get(SluiceService.ENGINE).port();
    }

    private static boolean pageAt(String address) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var asked = HttpRequest.newBuilder(URI.create(address + "/")).build();
            return http.send(asked, BodyHandlers.discarding()).statusCode() == 200;
        }
    }

    /** As the demo's faulty release is, but by numbers that don't hang on how fast this machine is. */
    private void takeBack(String revision) {
        var sluice = new CommandLine(Shop.APPLICATION, Map.of("SLUICE_URL", engine()));
        ends(7, sluice, "start -f " + FILE + " --revision " + revision + " --wait --no-wait-approval");
        var orders = "emit-metric APP --target local --variant canary --metric orders --bootstrap "
                + world.platform().kafka().bootstrapServers();
        ends(0, sluice, orders + " --label result=ok --count 180");
        ends(0, sluice, orders + " --label result=failed --count 20");
        ends(4, sluice, "watch APP");
    }

    private static void ends(int exit, CommandLine sluice, String line) {
        var ran = sluice.run(line);
        assertThat(ran.exit()).as("%s%n%s%s", line, ran.out(), ran.err()).isEqualTo(exit);
    }

    private static Walked walk(String address) throws IOException, InterruptedException {
        var seen = ROOT.resolve("sandbox/app/target/e2e/logs/page-walk.log");
        var builder = new ProcessBuilder(ROOT.resolve("dashboard/page.sh").toString(), "walk")
                .redirectErrorStream(true)
                .redirectOutput(seen.toFile());
        builder.environment().put("SLUICE_DASHBOARD", address);
        var process = builder.start();
        if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        return new Walked(process.exitValue(), Files.readString(seen));
    }
}
