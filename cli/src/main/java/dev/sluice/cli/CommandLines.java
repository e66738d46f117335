package dev.sluice.cli;

import dev.sluice.cli.command.Commands;
import dev.sluice.cli.output.Plain;
import dev.sluice.cli.output.Problems;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Picocli's command line, set up once for running and for the pages in {@code docs/cli}. */
final class CommandLines {
    private CommandLines() {}

    static CommandLine of(Surroundings here) {
        var parts = new Parts(here);
        var commandLine = new CommandLine(Sluice.class, parts);
        Commands.ALL.forEach(command -> commandLine.addSubcommand(new CommandLine(command, parts)));
        commandLine.addSubcommand(new CommandLine(GenerateCompletion.class, parts));
        commandLine.setOut(new PrintWriter(here.out(), true, StandardCharsets.UTF_8));
        commandLine.setErr(new PrintWriter(here.err(), true, StandardCharsets.UTF_8));
        commandLine.setColorScheme(CommandLine.Help.defaultColorScheme(here.coloured() ? Ansi.ON : Ansi.OFF));
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setExecutionExceptionHandler((e, line, parsed) -> told(here, e, line));
        commandLine.getCommandSpec().usageMessage().exitCodeListHeading("%nExit codes:%n");
        commandLine.getCommandSpec().usageMessage().exitCodeList(exitCodes());
        // in kubectl's words where kubectl called
        here.variable("SLUICE_CALLED_AS")
                .ifPresent(name -> commandLine.setCommandName(name.replace("kubectl-", "kubectl ")));
        return commandLine;
    }

    private static int told(Surroundings here, Exception e, CommandLine line) {
        if (e instanceof Stop stop) {
            here.err().println(Plain.of(stop.getMessage()));
            Problems.lines(stop.problems()).forEach(here.err()::println);
            return stop.exit().code();
        }
        here.err().println("sluice failed by a fault of its own: " + e);
        here.err().println("Run " + line.getCommandName() + " with SLUICE_DEBUG=1 to see where, and report it.");
        if (here.variable("SLUICE_DEBUG").isPresent()) {
            e.printStackTrace(here.err());
        }
        return Exit.ERROR.code();
    }

    private static Map<String, String> exitCodes() {
        var codes = new LinkedHashMap<String, String>();
        Stream.of(Exit.values()).forEach(exit -> codes.put(Integer.toString(exit.code()), exit.meaning()));
        return codes;
    }
}
