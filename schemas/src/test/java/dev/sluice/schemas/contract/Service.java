package dev.sluice.schemas.contract;

import static dev.sluice.schemas.Topic.ANALYSES;
import static dev.sluice.schemas.Topic.AUDIT;
import static dev.sluice.schemas.Topic.COMMANDS;
import static dev.sluice.schemas.Topic.METRICS;
import static dev.sluice.schemas.Topic.METRICS_PLACED;
import static dev.sluice.schemas.Topic.STATUS;
import static dev.sluice.schemas.Topic.VERDICTS;
import static dev.sluice.schemas.Topic.WEIGHTS;
import static dev.sluice.schemas.Topic.WEIGHT_REPORTS;

import dev.sluice.schemas.Topic;
import java.util.List;
import java.util.Locale;

/** Who reads and writes which topic; {@code AsyncApiTest} holds it against what the services' code names. */
enum Service {
    ROLLOUT_ENGINE(
            "Decides: owns the rollouts.",
            true,
            List.of(COMMANDS, VERDICTS, WEIGHT_REPORTS),
            List.of(ANALYSES, WEIGHTS, STATUS, AUDIT, COMMANDS)),
    METRICS_GATE(
            "Judges the canary's numbers.",
            true,
            List.of(METRICS, METRICS_PLACED, ANALYSES),
            List.of(METRICS_PLACED, VERDICTS, METRICS, COMMANDS)),
    WEIGHT_APPLIER("Writes routing objects.", true, List.of(WEIGHTS), List.of(WEIGHT_REPORTS)),
    DASHBOARD("Shows people what goes on.", false, List.of(STATUS, AUDIT, VERDICTS), List.of()),
    NOTIFIER("Tells people.", false, List.of(STATUS), List.of()),
    TRIGGERS("Starts rollouts from Git and webhooks.", false, List.of(STATUS, AUDIT, VERDICTS), List.of(COMMANDS));

    final String words;
    /** Whether what it can't read of its topics goes to their dead letters; the others leave that to whoever decides by it. */
    final boolean buries;

    final List<Topic> receives;
    final List<Topic> sends;

    Service(String words, boolean buries, List<Topic> receives, List<Topic> sends) {
        this.words = words;
        this.buries = buries;
        this.receives = receives;
        this.sends = sends;
    }

    /** As its module is called. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
