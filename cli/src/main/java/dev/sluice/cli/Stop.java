package dev.sluice.cli;

import dev.sluice.schemas.message.Problem;
import java.util.List;

/** Why a command ends without having done what was asked: the message says what is wrong and what to do. */
public final class Stop extends Exception {
    private static final long serialVersionUID = 1;

    private final Exit exit;
    private final boolean mayPass;
    private final transient List<Problem> problems;

    public Stop(Exit exit, String words) {
        this(exit, words, List.of());
    }

    /** An error that may pass by itself. */
    public static Stop forNow(String words) {
        return new Stop(Exit.ERROR, words, true, List.of());
    }

    /** @param problems of the file that was given, each shown on a line of its own */
    public Stop(Exit exit, String words, List<Problem> problems) {
        this(exit, words, false, problems);
    }

    private Stop(Exit exit, String words, boolean mayPass, List<Problem> problems) {
        super(words);
        this.exit = exit;
        this.mayPass = mayPass;
        this.problems = List.copyOf(problems);
    }

    public Exit exit() {
        return exit;
    }

    /** Whether the same again may succeed: nothing answered, or not as it does when all is well. */
    public boolean mayPass() {
        return mayPass;
    }

    public List<Problem> problems() {
        return problems;
    }
}
