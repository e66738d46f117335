package dev.sluice.cli.follow;

import dev.sluice.cli.engine.RolloutShown;
import dev.sluice.cli.output.Colours;
import dev.sluice.cli.output.Plain;
import dev.sluice.schemas.message.Status;
import java.io.PrintStream;
import java.util.List;

/** One picture that is drawn again where it was. */
public final class Redrawn implements Sight {
    private final PrintStream to;
    private final Picture picture;
    private long drawn;

    public Redrawn(PrintStream to, Colours colours) {
        this.to = to;
        this.picture = new Picture(colours);
    }

    @Override
    public void seen(RolloutShown shown, List<Status> changed) {
        if (changed.isEmpty()) {
            return;
        }
        var text = Plain.of(picture.of(shown));
        to.print((drawn == 0 ? "" : "\u001b[%dA\u001b[J".formatted(drawn)) + text);
        to.flush();
        drawn = text.lines().count();
    }

    @Override
    public void notice(String words) {
        to.println(Plain.of(words));
        drawn = 0;
    }
}
