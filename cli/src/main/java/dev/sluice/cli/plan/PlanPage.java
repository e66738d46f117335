package dev.sluice.cli.plan;

import dev.sluice.cli.engine.StepShown;
import dev.sluice.cli.plan.PlanShown.Cluster;
import dev.sluice.cli.plan.PlanShown.Led;
import dev.sluice.cli.plan.PlanShown.Target;
import dev.sluice.schemas.message.Finding;
import java.util.List;

/** A plan as Markdown, which people read as it is too. */
public final class PlanPage {
    private final StringBuilder page = new StringBuilder();

    private PlanPage() {}

    /** @param revision null: nobody said */
    public static String of(PlanShown plan, String revision, String verdict) {
        var written = new PlanPage();
        written.line("### Rollout of " + plan.application() + (revision == null ? "" : " " + revision));
        written.line("");
        written.line(verdict);
        plan.targets().forEach(written::target);
        written.now(plan.now());
        if (!plan.warnings().isEmpty()) {
            written.line("");
            written.line("**Warnings of the file**");
            written.line("");
            plan.warnings().forEach(warning -> written.line("- `" + warning.pointer() + "` " + warning.message()));
        }
        if (plan.clusters() != null) {
            written.clusters(plan.clusters());
        }
        return written.page.toString();
    }

    private void target(Target target) {
        line("");
        line("**%s** (cluster %s, namespace %s)%s"
                .formatted(
                        target.target(),
                        target.cluster(),
                        target.namespace(),
                        target.dependsOn() == null || target.dependsOn().isEmpty()
                                ? ""
                                : ", after " + String.join(" and ", target.dependsOn())));
        line("");
        beside("before", target.before());
        target.steps().forEach(step -> line(step.step() + ". " + step.words()));
        beside("after", target.after());
        if (target.watchedBy() != null) {
            line("- beside all steps: analysis of " + String.join(", ", target.watchedBy()));
        }
        if (target.routes() != null) {
            target.routes().forEach(route -> line("- moves `" + route + "`"));
        }
    }

    private void beside(String when, List<StepShown> conditions) {
        if (conditions != null) {
            conditions.forEach(condition -> line("- " + when + ": " + condition.words()));
        }
    }

    private void now(List<Led> now) {
        if (now.isEmpty()) {
            return;
        }
        line("");
        line("**If it were started now**");
        line("");
        now.forEach(led -> line("- " + led.decision() + (led.target() == null ? "" : " " + led.target())
                + (led.reason() == null ? "" : ": " + led.reason())));
    }

    private void clusters(List<Cluster> clusters) {
        line("");
        line("**What the clusters say**");
        line("");
        for (var cluster : clusters) {
            line("- `%s`: %s".formatted(cluster.route(), cluster.words()));
            if (cluster.findings() != null) {
                cluster.findings().forEach(finding -> line("  - " + words(finding)));
            }
        }
    }

    private static String words(Finding finding) {
        return finding.severity() + ": " + finding.message();
    }

    private void line(String text) {
        page.append(text).append('\n');
    }
}
