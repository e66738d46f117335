package dev.sluice.cli.command;

import dev.sluice.cli.Exit;
import dev.sluice.cli.Session;
import dev.sluice.cli.Stop;
import dev.sluice.cli.trial.Release;
import dev.sluice.cli.trial.Scenario;
import dev.sluice.cli.trial.ScenarioReader;
import dev.sluice.cli.trial.Tried;
import dev.sluice.cli.trial.Tried.Ending;
import dev.sluice.cli.trial.TriedPage;
import dev.sluice.schemas.rollout.RolloutPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code test} */
@Command(
        name = "test",
        description =
                "Says how a release by this file would be judged, had it the metrics of another file: what each analysis finds, "
                        + "and after how long. Asks nobody and waits for nothing.",
        footer = {
            "%nExit codes of test: 0 every target would be promoted, 2 a file is not valid, 4 one would be rolled back, 7 one would "
                    + "wait for a person.",
            "Example: sluice test -f rollout.yaml --metrics metrics.yaml",
            "What stands in the metrics file: docs/testing-a-file.md"
        })
final class TestFile implements Callable<Integer> {
    @Mixin
    WrittenRollout written;

    @Option(
            names = "--metrics",
            required = true,
            paramLabel = "FILE",
            description = "The invented metrics, YAML or JSON: what stable and canary would send.")
    String metrics;

    private final Session session;

    TestFile(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Stop {
        var plan = written.plan();
        var scenario = ScenarioReader.read(WrittenFile.tree(session, metrics), metrics);
        var tried = tried(plan, scenario);
        session.printer().print(tried, () -> new TriedPage(session.printer().colours()).of(tried));
        return exit(tried).code();
    }

    private static List<Tried> tried(RolloutPlan plan, Scenario scenario) throws Stop {
        var all = new ArrayList<Tried>();
        for (var target : plan.targets()) {
            all.add(Release.of(plan.application(), target, scenario));
        }
        return all;
    }

    /** A rollback of one says more than another's wait. */
    private static Exit exit(List<Tried> all) {
        var endings = all.stream().map(Tried::ending).toList();
        return endings.contains(Ending.ROLLED_BACK) || endings.contains(Ending.AFTER_DEPLOYMENT_FAILED)
                ? Exit.ROLLED_BACK
                : endings.contains(Ending.AWAITS_PERSON) ? Exit.AWAITS_PERSON : Exit.DONE;
    }
}
