package dev.sluice.bench.load;

import dev.sluice.bench.Aim;
import dev.sluice.bench.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What was measured, beside the aims. */
final class Rows {
    /** The aims for how many begin at once are for this number. */
    private static final int THOUSAND = 1_000;

    private static final int TEN_THOUSAND = 10_000;
    private static final Aim BEGUN = new Aim.AtMost(10, "s");
    private static final Aim NONE = new Aim.AtMost(0, "");
    private static final Aim SMALL = new Aim.AtMost(1024, "MiB");
    private static final Aim IDLE = new Aim.AtMost(0.5, "cores");
    private static final Aim SAME_COST = new Aim.AtMostTimes(1.2);

    private final String bench;
    private final List<Row> rows = new ArrayList<>();

    Rows(String bench) {
        this.bench = bench;
    }

    List<Row> all() {
        return List.copyOf(rows);
    }

    void add(List<Row> more) {
        rows.addAll(more);
    }

    /** The services with nothing to do. */
    void rest(Window window) {
        add("no rollout: " + Stage.CORES, window.cores(), "cores", null);
        add("no rollout: " + Stage.RESIDENT, window.after().residentMegabytes(), "MiB", null);
    }

    void starts(Stage stage) {
        var title = stage.title() + " start: ";
        var weights = stage.starts().weights();
        add(title + "first weight p50", weights.seconds(0.5), "s", null);
        add(title + "first weight p99", weights.seconds(0.99), "s", null);
        add(title + "first weight of the last", weights.seconds(1), "s", stage.rollouts() == THOUSAND ? BEGUN : null);
        add(title + "its order p50", stage.starts().ordered().seconds(0.5), "s", null);
        add(title + "its order, the last", stage.starts().ordered().seconds(1), "s", null);
        add(title + "begun", weights.perSecond(), "/s", null);
        add(title + "not begun in time", weights.missing(), "", NONE);
        add(title + "calls refused or lost", (double) stage.trouble(), "", NONE);
    }

    /** @param first the stage to compare with, if this is not the first itself */
    void costs(Stage stage, Optional<Stage> first) {
        var before = first.map(Stage::values);
        stage.values().forEach((name, value) -> {
            var reference = before.map(values -> values.get(name).number())
                    .filter(number -> number > 0)
                    .map(number ->
                            new Row.Reference("with " + first.orElseThrow().title(), number));
            var full = stage.title() + ": " + name;
            var aim = aim(stage, name, reference.isPresent());
            rows.add(reference
                    .map(known -> Row.of(bench, full, value.number(), value.unit(), known, aim))
                    .orElseGet(() -> Row.alone(bench, full, value.number(), value.unit(), aim)));
        });
    }

    private static Aim aim(Stage stage, String name, boolean compared) {
        var many = stage.rollouts() >= TEN_THOUSAND;
        return switch (name) {
            case Stage.RESIDENT -> many ? SMALL : null;
            case Stage.CORES -> many ? IDLE : null;
            case Stage.COST -> compared ? SAME_COST : null;
            default -> null;
        };
    }

    void approved(Bursts.Approved approved) {
        bulk("approvals at once: next weight", approved.weights());
        bulk("approvals at once: decision on audit", approved.decisions());
        add("commands", approved.weights().perSecond(), "/s", null);
    }

    void broken(Bursts.Broken broken) {
        bulk("all break at once: verdict", broken.verdicts());
        bulk("all break at once: weight 0", broken.weights());
        add("verdicts", broken.verdicts().perSecond(), "/s", null);
    }

    /** Something that did not come about, and so has no figures. */
    void failed(String what) {
        add(what + ": could not be measured", 1, "", NONE);
    }

    private void bulk(String name, Bulk bulk) {
        add(name + " p50", bulk.seconds(0.5), "s", null);
        add(name + " p99", bulk.seconds(0.99), "s", null);
        add(name + ", the last", bulk.seconds(1), "s", null);
        if (bulk.missing() > 0) {
            add(name + ", not in time", bulk.missing(), "", NONE);
        }
    }

    private void add(String name, double value, String unit, Aim aim) {
        rows.add(Row.alone(bench, name, value, unit, aim));
    }
}
