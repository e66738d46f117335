package dev.sluice.cli.command;

import dev.sluice.cli.Exit;
import dev.sluice.cli.Stop;
import java.util.regex.Pattern;

/** Names of applications, refused before anybody is asked. */
final class Application {
    /** The one whose commands concern all of them. */
    static final String ALL = "*";

    private static final Pattern NAME = Pattern.compile("(?!/)[a-z0-9./-]{1,253}(?<!/)");

    private Application() {}

    static String checked(String name) throws Stop {
        if (!NAME.matcher(name).matches()) {
            throw new Stop(
                    Exit.INVALID,
                    "'" + name + "' is no application's name: write one such as shop/checkout, in lower case");
        }
        return name;
    }
}
