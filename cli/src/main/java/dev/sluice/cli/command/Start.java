package dev.sluice.cli.command;

import dev.sluice.cli.Session;
import dev.sluice.cli.Stop;
import dev.sluice.schemas.message.CommandType;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code start} */
@Command(
        name = "start",
        description = "Begins a rollout by a rollout file.",
        footer = {
            "%nExamples:",
            "  sluice start -f rollout.yaml --revision 1.4.2",
            "  sluice start -f rollout.yaml --revision 1.4.2 --wait --timeout 2h",
            "  sluice start -f rollout.yaml --revision $TAG --request-id build-$BUILD --wait --no-wait-approval"
        })
final class Start implements Callable<Integer> {
    @Mixin
    WrittenRollout written;

    @Mixin
    Begins begins;

    @Option(
            names = "--revision",
            paramLabel = "REVISION",
            description = "What is rolled out, such as a version or a commit.")
    String revision;

    @Option(
            names = "--automated",
            description =
                    "Sent by automation and not by a person's word: may not start a revision that a person went back "
                            + "from, and windows may bind it alone.")
    boolean automated;

    @Option(
            names = "--override-freeze",
            description = "Past freezes and windows; needs a role that is configured for it, and a reason.")
    boolean overrideFreeze;

    private final Session session;

    Start(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Stop {
        var rollout = written.read();
        var command = begins.asker.command(CommandType.START, written.application(rollout));
        written.into(command, rollout);
        if (revision != null) {
            command.put("revision", revision);
        }
        command.put("automated", automated).put("overrideFreeze", overrideFreeze);
        try (var engine = session.engine()) {
            return begins.begin(engine, command);
        }
    }
}
