package dev.sluice.cli;

/** What a pipeline branches on. */
public enum Exit {
    DONE(0, "done; a rollout that was waited for is promoted"),
    ERROR(1, "an error of this tool, of Sluice or of the cluster; `plan`: would change something"),
    INVALID(2, "not understood: the command line, or a file that is not valid"),
    CONFLICT(3, "in conflict with what is: already running, not the rollout or step that was expected, held"),
    ROLLED_BACK(4, "rolled back by judgement: what the file measures, calls or waits for did not pass"),
    ABORTED(5, "aborted by a person: aborted, rejected, or set to 0 by hand"),
    TIMED_OUT(6, "timed out while still running"),
    AWAITS_PERSON(7, "waits for a person (with --no-wait-approval)");

    private final int code;
    private final String meaning;

    Exit(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    public int code() {
        return code;
    }

    /** For the help pages. */
    public String meaning() {
        return meaning;
    }
}
