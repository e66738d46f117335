package dev.sluice.notifier.channel;

import dev.sluice.notifier.core.Message;
import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Mail in plain text, by the server that {@code quarkus.mailer.*} says. The same message has the same {@code Message-ID}. */
final class Email implements Channel {
    private final ReactiveMailer mailer;
    private final List<String> to;
    private final Duration timeout;

    Email(ReactiveMailer mailer, List<String> to, Duration timeout) {
        this.mailer = mailer;
        this.to = List.copyOf(to);
        this.timeout = timeout;
    }

    @Override
    public Outcome send(Message message) {
        var mail = new Mail()
                .setTo(to)
                .setSubject(message.content().title())
                .setText(text(message))
                .addHeader("Message-ID", "<" + message.id() + "@notifier.sluice>")
                .addHeader(Ids.IDEMPOTENCY_KEY, message.id())
                // whoever answers automatically should leave it alone
                .addHeader("Auto-Submitted", "auto-generated");
        try {
            mailer.send(mail).await().atMost(timeout);
            return new Outcome.Sent();
        } catch (RuntimeException e) {
            return new Outcome.Later("the mail server has not taken it: " + words(e));
        }
    }

    private static String words(RuntimeException e) {
        var words = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return words.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    static String text(Message message) {
        var content = message.content();
        var facts = content.facts().stream()
                .map(fact -> fact.name() + ": " + fact.value() + "\n")
                .collect(Collectors.joining());
        var link = content.link() == null ? "" : content.link() + "\n\n";
        return content.text() + "\n\n" + facts + "\n" + link + "-- \n" + Ids.said(message) + "\n";
    }
}
