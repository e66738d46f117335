package dev.sluice.cli.command;

import dev.sluice.cli.Exit;
import dev.sluice.cli.Stop;

/** What nobody has heard of. */
final class Unknown {
    private Unknown() {}

    static Stop application(String application) {
        return new Stop(
                Exit.ERROR,
                "Nothing is known of application " + application
                        + ": sluice list shows those that are, sluice start begins one");
    }
}
