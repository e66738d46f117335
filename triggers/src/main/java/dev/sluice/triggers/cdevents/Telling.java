package dev.sluice.triggers.cdevents;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.schemas.message.Cut;
import dev.sluice.schemas.message.Status;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.message.Verdict.QueryResult;
import dev.sluice.schemas.wire.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Says in CDEvents what rollouts come to: a service per application, an environment per target, and each run of an analysis as a run of
 * a test suite, with a test case for each query.
 */
public final class Telling {
    private static final int LONGEST_REASON = 1000;

    private Telling() {}

    /** Empty unless it is an end that moved a service, or brought one back. */
    public static Optional<CdEvent> of(Status status) {
        return switch (status.phase()) {
            case PROMOTED -> Optional.of(service(status, promoted(status), status.revision()));
            case ROLLED_BACK -> Optional.of(service(status, "service.rolledback", status.stableRevision()));
            default -> Optional.empty();
        };
    }

    private static String promoted(Status status) {
        if (status.undoOf() != null) {
            return "service.rolledback";
        }
        return status.stableRevision() == null ? "service.deployed" : "service.upgraded";
    }

    private static CdEvent service(Status status, String type, String revision) {
        var content = environment(status.target());
        content.put("artifactId", artifact(status.application(), revision));
        return new CdEvent(
                String.join("/", status.rollout(), status.target(), type),
                type,
                status.rollout(),
                status.endedAt() == null ? status.since() : status.endedAt(),
                status.application(),
                content);
    }

    /** A package URL (https://github.com/package-url/purl-spec); a revision that is one stays so. */
    private static String artifact(String application, String revision) {
        if (revision != null && revision.startsWith("pkg:")) {
            return revision;
        }
        var name = Arrays.stream(application.split("/"))
                .filter(part -> !part.isEmpty())
                .map(Telling::encoded)
                .collect(Collectors.joining("/"));
        return "pkg:generic/" + name + (revision == null ? "" : "@" + encoded(revision));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The run first, then its queries. One that doesn't look at the run's own interval yet says nothing. */
    public static List<CdEvent> of(Verdict verdict) {
        var events = new ArrayList<CdEvent>();
        var suite = outcome(verdict.outcome(), verdict.target());
        suite.putObject("testSuite").put("id", verdict.analysis()).put("name", verdict.analysis());
        events.add(event(verdict, verdict.id(), "testsuiterun.finished", suite));
        verdict.queries().stream()
                .filter(query -> !query.pending())
                .map(query -> query(verdict, query))
                .forEach(events::add);
        return List.copyOf(events);
    }

    private static CdEvent query(Verdict verdict, QueryResult query) {
        var content = outcome(query.outcome(), verdict.target());
        if (query.words() != null) {
            content.put("reason", Cut.to(LONGEST_REASON, query.words()));
        }
        content.putObject("testSuiteRun").put("id", verdict.id());
        content.putObject("testCase")
                .put("id", query.name())
                .put("name", query.name())
                .put("type", "other");
        return event(verdict, verdict.id() + "/" + query.name(), "testcaserun.finished", content);
    }

    private static CdEvent event(Verdict verdict, String subject, String type, ObjectNode content) {
        return new CdEvent(subject + "/" + type, type, verdict.rollout(), verdict.time(), subject, content);
    }

    private static ObjectNode outcome(Verdict.Outcome outcome, String target) {
        return environment(target)
                .put(
                        "outcome",
                        switch (outcome) {
                            case PASS -> "success";
                            case FAIL -> "failure";
                            // neither good nor bad: nothing was found out
                            case INCONCLUSIVE -> "cancel";
                            case ERROR -> "error";
                        });
    }

    private static ObjectNode environment(String target) {
        var content = Json.mapper().createObjectNode();
        content.putObject("environment").put("id", target);
        return content;
    }
}
