package dev.sluice.cli.replay;

import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.message.Verdict.QueryResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the topics say of one rollout to {@code prod}; times are seconds since it began. */
final class Recording {
    static final String APPLICATION = "shop/checkout";

    private final List<Audit> decisions = new ArrayList<>();
    private final String rollout;
    private final Instant begun;
    private double weight;

    Recording(String rollout, Instant begun) {
        this.rollout = rollout;
        this.begun = begun;
        decisions.add(decision("Started", null, "start", rollout, 0, null));
    }

    Recording began(String revision, String stable) {
        var after = after();
        after.put("revision", revision);
        after.put("stableRevision", stable);
        return with(decision("Began", "prod", "start", rollout, 0, after));
    }

    /** As the audit was before it told revisions. */
    Recording began() {
        return with(decision("Began", "prod", "start", rollout, 0, after()));
    }

    Recording carries(double seconds, double percent) {
        weight = percent;
        return with(decision("Answered", "prod", "report", "r", seconds, after()));
    }

    Recording promoted(double seconds) {
        return with(decision("Promoted", "prod", "report", "r", seconds, after()));
    }

    /** And then the analysis after it failed. */
    Recording promotedInVain(double seconds) {
        var after = after();
        after.put("blocks", true);
        return with(decision("Promoted", "prod", "verdict", rollout + "/prod/after/1/1", seconds, after));
    }

    Recording rolledBack(double seconds, String by, String id) {
        with(decision("RollbackBegan", "prod", by, id, seconds, after()));
        return carries(seconds + 0.2, 0).with(decision("RolledBack", "prod", "report", "r", seconds + 0.2, after()));
    }

    Recording rolledBackByVerdict(double seconds) {
        return rolledBack(seconds, "verdict", rollout + "/prod/background/1/3");
    }

    Recording is(String name, double seconds) {
        return with(decision(name, "prod", "time", "t", seconds, after()));
    }

    Recording assessed(String ending) {
        return with(decision("Assessed", null, "assess", "as", 900, Map.of("ending", ending)));
    }

    private Recording with(Audit decision) {
        decisions.add(decision);
        return this;
    }

    private Map<String, Object> after() {
        var after = new HashMap<String, Object>();
        after.put("weight", weight);
        after.put("applied", weight);
        return after;
    }

    private Audit decision(
            String name, String target, String by, String id, double seconds, Map<String, Object> after) {
        var event = new Audit.EventRef(by, id, null);
        var time = at(seconds);
        return new Audit(
                rollout + "/" + decisions.size(),
                name,
                APPLICATION,
                target,
                rollout,
                event,
                "alice",
                name + " by " + by,
                List.of(),
                null,
                after,
                time);
    }

    Instant at(double seconds) {
        return begun.plus(Duration.ofMillis(Math.round(seconds * 1000)));
    }

    List<Audit> decisions() {
        return decisions;
    }

    Verdict verdict(Outcome outcome, String query, double seconds) {
        var result = new QueryResult(query, outcome, 0.1, 0.0, null, null, "too many", false);
        return new Verdict(
                rollout + "/prod/background/1/1",
                rollout,
                APPLICATION,
                "prod",
                rollout + "/prod/background/1",
                1,
                outcome,
                null,
                List.of(result),
                at(seconds));
    }
}
