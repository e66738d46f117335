package dev.sluice.applier.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Understands a command line. */
final class Words {
    static final int DONE = 0;
    static final int REFUSED = 2;

    private static final String HELP = """
            Without a word the weight-applier serves. With one it needs no cluster, no broker and no configuration:

            render --mesh <mesh> --entry <entry> --weight <percent> < objects.yaml
                Prints the objects of a route as they are written at that weight, for kubectl diff -f - or for Git;
                what marks a live object as Sluice's is left out. Objects that are only read are given too, none where
                the mesh makes its object (< /dev/null).
                --entry <entry>    as in the rollout file's trafficManagement, YAML or JSON
                --weight <percent> the canary's share
                --active <backend> which of the entry's two backends is the active one; the file's unless said
                --namespace <name> the objects' own unless said, else default
                --cluster <name>   as the rollout file names it: what a live Service remembers is kept by it (kubernetes)

            rights --mesh <mesh> ...
                Prints what the applier's account has to be allowed for these meshes, and no more.
                --match <mesh>         one whose matches (A/B) stand in another object, which the entries name, with that
                --kind <plural.group>  what custom entries name; once per kind
                --on-promoted selector where a rollout ends by switching Services' selectors
                --make services        where entries have a canarySelector, with which Sluice makes the canary Service
                --workload <kind>      whose revision is looked at, Deployment or StatefulSet; once per kind
                --namespace <name>     a Role for that namespace instead of a ClusterRole

            Exit code 2: something is wrong with what was given; what, and what to do, is on standard error.
            """;

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;

    Words(InputStream in, PrintStream out, PrintStream err) {
        this.in = in;
        this.out = out;
        this.err = err;
    }

    /** @return the process's exit code */
    int run(List<String> words) {
        try {
            out.print(answer(words));
            return DONE;
        } catch (Refused refused) {
            err.println(refused.getMessage());
            return REFUSED;
        }
    }

    private String answer(List<String> words) throws Refused {
        if (words.contains("--help") || words.contains("-h")) {
            return HELP;
        }
        var flags = words.subList(1, words.size());
        return switch (words.getFirst()) {
            case "render" -> Render.answer(Flags.parse(flags, Render.FLAGS), this::input);
            case "rights" -> Rights.answer(Flags.parse(flags, Rights.FLAGS));
            case "help" -> HELP;
            default ->
                throw new Refused("no word is '" + words.getFirst()
                        + "': it is render or rights, see --help; without any the applier serves");
        };
    }

    private String input() {
        try {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
