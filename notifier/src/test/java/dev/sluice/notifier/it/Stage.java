package dev.sluice.notifier.it;

import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.sluice.notifier.Receiver;
import dev.sluice.notifier.Receiver.Got;
import dev.sluice.schemas.message.Phase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Topics, receivers and settings for one test, and the notifiers that it starts. */
final class Stage implements AutoCloseable {
    static final Duration LONG = Duration.ofMinutes(1);
    static final String RULES = """
            rules:
              - {name: approval, when: status.phase == "AwaitingApproval", to: [slack, teams, hook, mail]}
              - {name: promoted, when: status.phase == "Promoted", to: [slack, hook]}
            """;

    final Receiver slack = Receiver.start();
    final Receiver teams = Receiver.start();
    final Receiver hook = Receiver.start();
    final GreenMail mail = new GreenMail(new ServerSetup(0, "localhost", ServerSetup.PROTOCOL_SMTP));
    final Map<String, String> settings = new HashMap<>();
    final Town town;
    private final Path folder;
    private final List<PackagedNotifier> notifiers = new ArrayList<>();

    /** @param prefix of the topics */
    Stage(String brokers, String prefix, Path folder) {
        this.folder = folder;
        town = new Town(brokers, prefix);
        mail.start();
        settings.put("kafka.bootstrap.servers", brokers);
        settings.put("sluice.topics.prefix", prefix);
        settings.put("sluice.notifier.dashboard-url", "https://sluice.example.com");
        settings.put("sluice.notifier.longest-pause", "PT1S");
        channel("slack", "slack", slack.url("/services/T000/B111/secret-of-slack"));
        channel("teams", "teams", teams.url("/powerautomate/secret-of-teams"));
        channel("hook", "webhook", hook.url("/hooks"));
        settings.put("sluice.notifier.channels.hook.secret.key", "WEBHOOK_SECRET");
        settings.put("sluice.notifier.channels.mail.kind", "email");
        settings.put("sluice.notifier.channels.mail.to", "sre@example.com");
        settings.put("quarkus.mailer.host", "localhost");
        settings.put("quarkus.mailer.port", Integer.toString(mail.getSmtp().getPort()));
        settings.put("quarkus.mailer.from", "sluice@example.com");
        rules(RULES);
    }

    void channel(String name, String kind, String url) {
        settings.put("sluice.notifier.channels." + name + ".kind", kind);
        settings.put("sluice.notifier.channels." + name + ".url.value", url);
    }

    void rules(String yaml) {
        try {
            var file = folder.resolve("rules.yaml");
            Files.writeString(file, yaml);
            settings.put("sluice.notifier.rules", file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns once it is ready. */
    PackagedNotifier start() {
        var notifier = PackagedNotifier.start(folder, settings);
        notifiers.add(notifier);
        return notifier;
    }

    /** Of all notifiers. */
    String log() {
        try {
            return Files.readString(PackagedNotifier.log(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Got> got(Receiver receiver, String words) {
        return receiver.got().stream().filter(got -> got.body().contains(words)).toList();
    }

    /** Whatever came before it for this application has been looked at once this returns. */
    void passMark(String application, Instant decided) {
        town.publish(Town.status(application, 1000, Phase.PROMOTED, decided));
        await("the mark of " + application)
                .atMost(LONG)
                .until(() -> !got(hook, application + " on prod: promoted").isEmpty());
    }

    @Override
    public void close() {
        notifiers.forEach(PackagedNotifier::close);
        town.close();
        List.of(slack, teams, hook).forEach(Receiver::close);
        mail.stop();
    }
}
