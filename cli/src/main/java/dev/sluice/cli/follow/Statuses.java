package dev.sluice.cli.follow;

import dev.sluice.cli.engine.RolloutShown;
import dev.sluice.cli.output.Plain;
import dev.sluice.cli.output.Printer;
import dev.sluice.schemas.message.Status;
import java.io.PrintStream;
import java.util.List;

/** Each status as data, one after the other; words go beside them. */
public final class Statuses implements Sight {
    private final Printer printer;
    private final PrintStream progress;

    public Statuses(Printer printer, PrintStream progress) {
        this.printer = printer;
        this.progress = progress;
    }

    @Override
    public void seen(RolloutShown shown, List<Status> changed) {
        changed.forEach(status -> printer.printNext(status, () -> ""));
    }

    @Override
    public void notice(String words) {
        progress.println(Plain.of(words));
    }
}
