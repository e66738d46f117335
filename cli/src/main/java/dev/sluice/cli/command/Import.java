package dev.sluice.cli.command;

import dev.sluice.cli.Exit;
import dev.sluice.cli.Session;
import dev.sluice.cli.Stop;
import dev.sluice.cli.convert.Conversion;
import dev.sluice.cli.convert.Documents;
import dev.sluice.cli.convert.Imported;
import dev.sluice.cli.convert.Place;
import dev.sluice.cli.output.Printer;
import dev.sluice.schemas.message.Problem;
import dev.sluice.schemas.rollout.RolloutFileReader;
import dev.sluice.schemas.rollout.RolloutFileReader.Overrides;
import dev.sluice.schemas.rollout.RolloutFileReader.Read;
import dev.sluice.schemas.wire.UnacceptableJson;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code import} */
@Command(
        name = "import",
        description =
                "Turns an Argo Rollouts Rollout, a Flagger Canary or a CD-as-a-Service file into a rollout file, with a "
                        + "note on whatever has no equivalent.",
        footer = {
            "%nTemplates of analyses and metrics may be in the same file, after a line ---.",
            "The rollout file is checked: where it is not valid yet, it is written all the same, and the exit code is 2."
        })
final class Import implements Callable<Integer> {
    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "FILE",
            description = "The other tool's file; - is standard input.")
    String file;

    @Option(
            names = "--application",
            paramLabel = "NAME",
            description = "What the application is called; NAMESPACE/NAME of its object unless said.")
    String application;

    @Option(
            names = "--target",
            paramLabel = "NAME",
            defaultValue = "prod",
            description = "What the one target is called. ${DEFAULT-VALUE} unless said.")
    String target;

    @Option(
            names = "--cluster",
            paramLabel = "NAME",
            defaultValue = "prod",
            description = "Which applier serves it. ${DEFAULT-VALUE} unless said.")
    String cluster;

    @Option(
            names = "--provider",
            paramLabel = "NAME",
            description = "Flagger's provider, where its file names none: it is a setting of Flagger's then.")
    String provider;

    private final Session session;

    Import(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Stop {
        var imported = converted();
        var problems = problems(imported);
        session.printer().print(imported, () -> commented(imported));
        imported.notes().forEach(note -> session.progress().println("note: " + note));
        if (problems.isEmpty()) {
            return Exit.DONE.code();
        }
        throw new Stop(Exit.INVALID, "The rollout file is not valid yet: correct what each line names", problems);
    }

    private Imported converted() throws Stop {
        try {
            return Conversion.of(
                            Documents.read(WrittenFile.text(session, file)),
                            new Place(application, target, cluster),
                            provider)
                    .orElseThrow(() -> new Stop(
                            Exit.INVALID,
                            "There is no Rollout of Argo Rollouts, no Canary of Flagger and no file of CD-as-a-Service in "
                                    + file));
        } catch (UnacceptableJson e) {
            throw new Stop(
                    Exit.INVALID, "The file " + file + " is not valid", List.of(new Problem("", e.getMessage())));
        }
    }

    private static List<Problem> problems(Imported imported) {
        return switch (new RolloutFileReader().read(imported.rollout(), Overrides.NONE)) {
            case Read.Valid valid -> List.of();
            case Read.Invalid invalid -> invalid.problems();
        };
    }

    /** Editors find the schema by the first line. */
    private String commented(Imported imported) {
        var schema = "# yaml-language-server: $schema=" + session.address() + "/schemas/v1/rollout-file.schema.json\n";
        var notes = imported.notes().stream().map(note -> "# " + note + "\n").collect(Collectors.joining());
        return schema + notes + Printer.yaml(imported.rollout());
    }
}
