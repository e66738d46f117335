package dev.sluice.cli.output;

import dev.sluice.schemas.message.Problem;
import java.util.List;

/** What is wrong with a file, a line each. */
public final class Problems {
    private Problems() {}

    public static List<String> lines(List<Problem> problems) {
        return problems.stream().map(Problems::line).toList();
    }

    private static String line(Problem problem) {
        var where = problem.pointer().isEmpty() ? "the file" : problem.pointer();
        var allowed = problem.allowed().isEmpty() ? "" : "; allowed: " + String.join(", ", problem.allowed());
        return "  " + where + ": " + problem.message() + allowed;
    }
}
