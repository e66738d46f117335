package dev.sluice.bench.gate;

import dev.sluice.sandbox.ParentWatch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.logging.LogManager;

/** One contestant's JVM: a lap for each line that it is told. */
final class ContestantMain {
    private ContestantMain() {}

    public static void main(String[] arguments) throws IOException {
        ParentWatch.endWithParent();
        LogManager.getLogManager().reset();
        var contestant =
                Contestant.Kind.valueOf(arguments[0]).on(Course.of(Arrays.copyOfRange(arguments, 1, arguments.length)));
        var told = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (told.readLine() != null) {
            System.out.println(contestant.lap().line());
        }
        System.exit(0);
    }
}
