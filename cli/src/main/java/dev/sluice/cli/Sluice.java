package dev.sluice.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The word before all others. */
@Command(
        name = "sluice",
        description =
                "Moves live traffic from the stable to the canary version of a service, and takes it back when the "
                        + "canary is bad.",
        mixinStandardHelpOptions = true,
        scope = CommandLine.ScopeType.INHERIT,
        versionProvider = Sluice.Version.class,
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND")
final class Sluice implements Runnable {
    @Mixin
    Session session;

    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: one of the commands below.");
    }

    /** Of the jar that it runs from. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            var version = Sluice.class.getPackage().getImplementationVersion();
            return new String[] {"sluice " + (version == null ? "(not packaged)" : version)};
        }
    }
}
