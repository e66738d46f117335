package dev.sluice.cli.follow;

import dev.sluice.cli.engine.RolloutShown;
import dev.sluice.cli.output.Colours;
import dev.sluice.cli.output.Plain;
import dev.sluice.schemas.message.Status;
import java.io.PrintStream;
import java.util.List;

/** A line for each change. */
public final class Lines implements Sight {
    private final PrintStream to;
    private final Colours colours;

    public Lines(PrintStream to, Colours colours) {
        this.to = to;
        this.colours = colours;
    }

    @Override
    public void seen(RolloutShown shown, List<Status> changed) {
        changed.forEach(status -> to.println(Plain.of(StatusLine.of(status, colours))));
    }

    @Override
    public void notice(String words) {
        to.println(Plain.of(words));
    }
}
