package dev.sluice.sandbox;

import dev.sluice.sandbox.demo.Demo;
import dev.sluice.sandbox.demo.Outcome;
import dev.sluice.sandbox.demo.Release;
import dev.sluice.sandbox.demo.StartCommand;
import dev.sluice.sandbox.demo.StatusFeed;
import dev.sluice.sandbox.view.View;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * The whole of Sluice on one machine: real Kafka, real PostgreSQL, a Kubernetes API, the services with their dashboard, and a demo.
 * Exit codes: 0 all went as it should, 1 the demo did not, 2 the sandbox could not start, 130 Ctrl-C,
 * 143 ended by SIGTERM, or with whoever started it.
 */
public final class Sandbox {
    private static final int DEMO_FAILED = 1;
    private static final int NOT_STARTED = 2;

    private final SandboxSettings settings;
    private final Closing closing;
    private final View view;

    private Sandbox(SandboxSettings settings, Closing closing) {
        this.settings = settings;
        this.closing = closing;
        this.view = closing.with(View.onStandardOutput());
    }

    public static void main(String[] arguments) {
        var closing = new Closing();
        Runtime.getRuntime().addShutdownHook(new Thread(closing::close, "end-everything"));
        ParentWatch.endWithParent();
        var code = run(closing);
        // In order here; at a Ctrl-C PostgreSQL ends itself beside us.
        closing.close();
        System.exit(code);
    }

    private static int run(Closing closing) {
        try {
            var settings = SandboxSettings.fromSystemProperties();
            var obstacles = settings.obstacles();
            if (!obstacles.isEmpty()) {
                obstacles.forEach(System.err::println);
                return NOT_STARTED;
            }
            return new Sandbox(settings, closing).run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return NOT_STARTED;
        } catch (RuntimeException e) {
            System.err.println("The sandbox cannot go on: " + e.getMessage());
            System.getLogger(Sandbox.class.getName()).log(System.Logger.Level.ERROR, "cannot go on", e);
            return NOT_STARTED;
        }
    }

    private int run() throws InterruptedException {
        var logs = settings.folder().resolve("logs");
        Folders.empty(logs);
        SandboxLogs.to(logs.resolve("sandbox.log"));
        var platform = platform();
        var services = services(platform);
        var shown = settings.demo() ? demo(platform, services) : new Shown("", 0);
        if (settings.stay()) {
            view.say(Addresses.of(platform, services, logs));
        }
        view.say(shown.summary());
        if (settings.stay()) {
            view.say("Everything stays up until Ctrl-C.");
            new CountDownLatch(1).await();
        }
        return shown.code();
    }

    /** What came of the demo: in words, and as the exit code. */
    private record Shown(String summary, int code) {}

    private Platform platform() {
        view.say("Starting Kafka, PostgreSQL and a Kubernetes API …");
        var began = System.nanoTime();
        var platform = closing.with(Platform.start(settings.kafkaPort(), settings.folder(), settings.kubernetes()));
        settings.meshes().forEach(kinds -> kinds.install(platform.client()));
        view.say("  after %.1f s: Kafka at %s, PostgreSQL at port %d, %s"
                .formatted(
                        secondsSince(began),
                        platform.kafka().bootstrapServers(),
                        platform.postgres().port(),
                        platform.kubernetes().describe()));
        return platform;
    }

    private Services services(Platform platform) {
        view.say("Starting rollout-engine, metrics-gate, weight-applier and dashboard …");
        var began = System.nanoTime();
        var services = closing.with(Services.start(
                platform,
                SluiceService.SHOWN,
                settings.root(),
                settings.folder().resolve("logs"),
                settings::port,
                service -> Services.SMALL,
                addresses("http://localhost:" + settings.port(SluiceService.ENGINE))));
        view.say("  all ready after %.1f s; watch it all at %s"
                .formatted(secondsSince(began), Addresses.dashboard(services)));
        return services;
    }

    /** Whoever plays a webhook is mostly on this machine, which is closed to them otherwise. */
    private static Map<String, String> addresses(String engine) {
        return Map.of(
                "SLUICE_DASHBOARD_ENGINE_URL",
                engine,
                "SLUICE_WEBHOOKS_PUBLIC_URL",
                engine,
                "SLUICE_WEBHOOKS_NETWORKS",
                "127.0.0.0/8,::1/128");
    }

    private Shown demo(Platform platform, Services services) throws InterruptedException {
        var feed = closing.with(new StatusFeed(platform.kafka().bootstrapServers()));
        feed.onStatus(view::show);
        var demo = closing.with(new Demo(platform, feed, view));
        var outcomes = demo.run();
        if (outcomes.size() < Release.ALL.size() || !outcomes.stream().allMatch(Outcome::asExpected)) {
            return new Shown(summary(outcomes), DEMO_FAILED);
        }
        return new Shown(summary(outcomes) + (settings.stay() ? waiting(demo, services) : ""), 0);
    }

    /** Whoever opens the dashboard finds something to do. */
    private String waiting(Demo demo, Services services) throws InterruptedException {
        return demo.leaveWaiting(StartCommand.file(settings.root().resolve("docs/walk.yaml")))
                ? "  One more waits for your word at %s (docs/walk.md leads on from there).\n"
                        .formatted(Addresses.dashboard(services))
                : "";
    }

    private static String summary(List<Outcome> outcomes) {
        var summary = new StringBuilder("\nThe demo's releases:\n");
        outcomes.forEach(outcome -> summary.append(outcome.line()).append('\n'));
        outcomes.stream()
                .flatMap(outcome -> outcome.rollback().stream())
                .map(Duration::toMillis)
                .forEach(millis -> summary.append(
                        "  The faulty canary had no traffic %d ms after the metric event that broke its limit was published.\n"
                                .formatted(millis)));
        return summary.toString();
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }
}
