package dev.sluice.schemas.contract;

import dev.sluice.schemas.Topic;

/** What a topic is for and what its keys are made of, in a sentence each. */
final class Words {
    private Words() {}

    static String of(Topic topic) {
        return switch (topic) {
            case COMMANDS ->
                "What people, pipelines and bots ask for. Anyone may send; the broker says who came first.";
            case METRICS -> "What happened to requests, as applications and meshes count it. Anyone may send.";
            case METRICS_PLACED ->
                "Metric events once more, on the partition that their series belongs to. Only the metrics-gate writes and reads it.";
            case ANALYSES -> "What is judged now: the whole set of each target; the last value of a key counts.";
            case VERDICTS -> "What the gate found for one run of an analysis.";
            case WEIGHTS ->
                "What the engine wants of each route, under a generation and a sequence; the last value of a key counts.";
            case WEIGHT_REPORTS -> "What an applier says became of an order, or happened to its route.";
            case STATUS ->
                "Where each target stands, in one message; the last value of a key counts. For dashboards, bots and pipelines.";
            case AUDIT ->
                "Every decision with its reason, kept for a year. A sender finds what became of a command by event.id.";
        };
    }

    static String of(Topic.Key key) {
        return switch (key) {
            case APPLICATION -> "The application. It only spreads; identity is read from the value.";
            case APPLICATION_TARGET ->
                "The application, a slash and the target. It spreads and compacts; identity is read from the value.";
            case ROUTE ->
                "The route's identity, with check: before it where an order only checks. It spreads and compacts; identity is read from the value.";
        };
    }
}
