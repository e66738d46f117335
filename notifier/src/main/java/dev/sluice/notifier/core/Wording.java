package dev.sluice.notifier.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.notifier.core.Content.Fact;
import dev.sluice.schemas.message.Cut;
import dev.sluice.schemas.message.Status;
import dev.sluice.schemas.wire.Json;
import java.net.URI;
import java.util.Optional;

/**
 * Puts messages into words: a rule's own, or those that its occasion has.
 *
 * @param dashboard where people look; empty: no message has a link
 */
public record Wording(Optional<URI> dashboard) {
    private static final int LONGEST_TITLE = 150;
    /** In characters of JSON; a ledger's record holds several. */
    private static final int LONGEST_STATUS = 16 << 10;

    Content content(Rule rule, Status status, Status before) {
        var link = dashboard.map(base -> Page.of(base, status)).orElse(null);
        var names = names(rule, status, before, link);
        var title = rule.title().map(template -> template.filled(names)).orElseGet(() -> title(status));
        var text = rule.text().map(template -> template.filled(names)).orElseGet(() -> text(status));
        return new Content(
                Cut.to(LONGEST_TITLE, oneLine(title)),
                Cut.to(Template.LONGEST, text.strip()),
                Facts.of(status).stream()
                        .map(fact -> new Fact(fact.name(), Cut.to(Facts.LONGEST, oneLine(fact.value()))))
                        .toList(),
                link,
                names.path("status").toString().length() > LONGEST_STATUS ? null : status);
    }

    private static JsonNode names(Rule rule, Status status, Status before, String link) {
        return Json.mapper()
                .createObjectNode()
                .put("rule", rule.name())
                .put("link", link)
                .put("occasion", Occasion.of(status).word())
                .<ObjectNode>set("status", Json.mapper().valueToTree(status))
                .set("before", Json.mapper().valueToTree(before));
    }

    private static String title(Status status) {
        return "%s on %s: %s"
                .formatted(
                        status.application(),
                        status.target(),
                        Occasion.of(status).title());
    }

    private static String text(Status status) {
        var revision = "Revision " + (status.revision() == null ? "(unnamed)" : status.revision());
        var reason = status.reason() == null || status.reason().isBlank() ? "" : ": " + status.reason();
        return switch (Occasion.of(status)) {
            case APPROVAL ->
                "%s waits at step %d of %d until it is approved.".formatted(revision, status.step(), status.steps());
            case JUDGEMENT ->
                "%s waits at step %d of %d until a person has judged it%s"
                        .formatted(revision, status.step(), status.steps(), reason);
            case HELD -> revision + " is held" + reason;
            case PAUSED -> "%s is paused at step %d of %d%s".formatted(revision, status.step(), status.steps(), reason);
            case ROLLING_BACK -> revision + " is taken back" + reason;
            case DEGRADED ->
                "Traffic could not be taken back from " + revision.replaceFirst("^R", "r")
                        + " in time; it is tried on without end" + reason;
            case ROLLED_BACK -> revision + " was taken back" + reason;
            case PROMOTED -> revision + " has all traffic" + reason;
            case FAILED -> revision + " has failed" + reason;
            case CANCELLED -> revision + " never began" + reason;
            case PROGRESS ->
                "%s is %s, at step %d of %d%s"
                        .formatted(revision, status.phase().word(), status.step(), status.steps(), reason);
        };
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ").strip();
    }
}
