package dev.sluice.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A command's page in {@code docs/cli}, made of what its help is made of. */
final class Page {
    private final StringBuilder text = new StringBuilder();

    private Page() {}

    static String of(CommandSpec command) {
        var page = new Page();
        page.text
                .append("<!-- made from the command itself: PagesTest says how -->\n\n# ")
                .append(command.qualifiedName())
                .append("\n\n")
                .append(plain(command.usageMessage().description()))
                .append("\n\n```\n")
                .append(synopsis(command))
                .append("\n```\n");
        page.subcommands(command);
        page.table(
                "parameter",
                command.positionalParameters().stream()
                        .filter(parameter -> !parameter.hidden())
                        .collect(Collectors.toMap(
                                ArgSpec::paramLabel, Page::description, (a, b) -> a, LinkedHashMap::new)));
        page.options(command);
        page.footer(command);
        return page.text.toString();
    }

    private static String synopsis(CommandSpec command) {
        return command.commandLine()
                .getHelp()
                .abbreviatedSynopsis()
                .replaceAll("\\s+", " ")
                .strip();
    }

    private void subcommands(CommandSpec command) {
        var names = new LinkedHashMap<String, String>();
        command.subcommands()
                .forEach((name, line) -> names.put(
                        "[" + name + "](" + file(line.getCommandSpec()) + ")",
                        plain(line.getCommandSpec().usageMessage().description())
                                .lines()
                                .findFirst()
                                .orElse("")));
        table("command", names);
    }

    private void options(CommandSpec command) {
        var own = new LinkedHashMap<String, String>();
        command.options().stream()
                .filter(option -> !option.hidden() && !option.inherited())
                .filter(option -> !option.usageHelp() && !option.versionHelp())
                .forEach(option -> own.put(names(option), description(option)));
        table("option", own);
        if (command.parent() != null) {
            text.append("\nOptions that every command has are on [sluice](sluice.md)'s page.\n");
        }
    }

    private void table(String heading, Map<String, String> rows) {
        if (rows.isEmpty()) {
            return;
        }
        text.append("\n| ").append(heading).append(" | |\n| --- | --- |\n");
        rows.forEach((name, description) -> text.append("| ")
                .append(name.startsWith("[") ? name : "`" + name.replace("|", "\\|") + "`")
                .append(" | ")
                .append(description.replace("|", "\\|"))
                .append(" |\n"));
    }

    private void footer(CommandSpec command) {
        var footer = command.usageMessage().footer();
        if (footer.length > 0) {
            text.append("\n```\n").append(plain("\n", footer).strip()).append("\n```\n");
        }
    }

    private static String names(OptionSpec option) {
        var value = option.arity().max() == 0 ? "" : " " + option.paramLabel();
        return String.join(", ", option.names()) + value;
    }

    private static String description(ArgSpec argument) {
        var required = argument.isOption() && argument.required() ? "Required. " : "";
        return required
                + plain(argument.description())
                        .replace("${DEFAULT-VALUE}", String.valueOf(argument.defaultValue()))
                        .replace("${COMPLETION-CANDIDATES}", candidates(argument));
    }

    private static String candidates(ArgSpec argument) {
        return argument.completionCandidates() == null ? "" : String.join(", ", argument.completionCandidates());
    }

    private static String plain(String... lines) {
        return plain(" ", lines);
    }

    private static String plain(String between, String... lines) {
        return List.of(lines).stream()
                .map(line -> Ansi.OFF.string(line.replace("%n", "\n")))
                .collect(Collectors.joining(between));
    }

    /** Beside all others. */
    static String file(CommandSpec command) {
        return command.qualifiedName("-").replace("sluice-", "") + ".md";
    }
}
