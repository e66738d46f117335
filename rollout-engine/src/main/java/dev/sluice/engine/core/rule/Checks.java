package dev.sluice.engine.core.rule;

import static dev.sluice.engine.core.rule.Draft.why;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.state.Preflight;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.engine.core.state.Why;
import dev.sluice.schemas.message.Cut;
import dev.sluice.schemas.message.Finding;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.message.WeightReport;
import java.util.stream.Collectors;

/**
 * Appliers are asked what stands in the way before a target's first weight, while its beginning is carried out. An error
 * holds it there until it is mended or the deadline passes; silence holds it for a moment only, since each order is
 * looked at on its own all the same.
 */
public final class Checks {
    private static final int MOST_WORDS = 2000;

    private Checks() {}

    public static void take(Draft d, WeightReport report) {
        var asked = d.runs().stream()
                .filter(run -> run.preflight() != null
                        && run.traffic().has(report.route())
                        && d.state().rollout().id().equals(report.rollout()))
                .findFirst();
        if (asked.isEmpty()) {
            d.ignore(report.target(), "a check that no target waits for");
            return;
        }
        var run = asked.get();
        var next = run.preflight().answered(report.route(), report.findings());
        if (next.equals(run.preflight())) {
            d.ignore(run.name(), "the check of " + report.route() + " finds what it found before");
            return;
        }
        d.decide(new Decision.Checked(run.name(), found(report), d.at(), report.route(), next));
    }

    private static Why found(WeightReport report) {
        var words = report.findings().stream()
                .map(finding -> (finding.isError() ? "error: " : "warning: ") + finding.message())
                .collect(Collectors.joining("; "));
        var said = "checked " + report.route() + ": " + (words.isEmpty() ? "nothing stands in the way" : words);
        var isHeld = report.findings().stream().anyMatch(Finding::isError);
        return why(isHeld ? ReasonCode.CHECK_FAILED : ReasonCode.BEGINNING, Cut.to(MOST_WORDS, said));
    }

    /** Whether the first weight may be ordered. The beginning is carried out. */
    public static boolean letPass(Draft d, TargetRun run) {
        var preflight = run.preflight();
        if (preflight == null) {
            return true; // a version that didn't ask began it
        }
        if (preflight.hasErrors()) {
            holdOn(d, run, preflight);
            return false;
        }
        if (preflight.isAnsweredBy(run.traffic().routes())) {
            return true;
        }
        if (d.at().isBefore(preflight.patience())) {
            return false;
        }
        var words = "nobody said in time what may stand in the way: goes on without a check";
        d.decide(new Decision.Unchecked(run.name(), why(ReasonCode.BEGINNING, words), d.at()));
        return true;
    }

    private static void holdOn(Draft d, TargetRun run, Preflight preflight) {
        if (!d.at().isBefore(preflight.deadline())) {
            var why =
                    why(ReasonCode.CHECK_FAILED, "the check still finds what stands in the way: " + preflight.words());
            Rollbacks.begin(d, run.name(), why, null);
        } else if (!d.at().isBefore(preflight.repeatAt())) {
            var words = "checks again: " + preflight.words();
            var why = why(ReasonCode.CHECK_FAILED, words);
            d.decide(new Decision.CheckRepeated(run.name(), why, d.at(), preflight.again(d.at())));
        }
    }
}
