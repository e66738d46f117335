package dev.sluice.cli.follow;

import dev.sluice.schemas.message.Observation;
import dev.sluice.schemas.message.Observation.Disagreement;
import dev.sluice.schemas.message.Observation.Move;
import dev.sluice.schemas.message.Observation.Opinion;
import java.util.ArrayList;
import java.util.List;

/** What Sluice makes of a target that another tool decides about, in lines. */
final class Observed {
    private Observed() {}

    static List<String> lines(Observation observation) {
        var lines = new ArrayList<String>();
        lines.add("only observed: " + opinion(observation));
        observation.disagreements().forEach(one -> lines.add(disagreement(one)));
        if (Boolean.TRUE.equals(observation.agrees())) {
            lines.add("Sluice would have done the same");
        }
        return lines;
    }

    private static String opinion(Observation observation) {
        return observation.since() == null
                ? "nothing was judged yet"
                : "since %s Sluice would %s: %s"
                        .formatted(observation.since(), would(observation.opinion()), observation.reason());
    }

    private static String disagreement(Disagreement one) {
        return "disagrees at %s: the tool that decides %s, where Sluice would %s: %s"
                .formatted(one.at(), did(one.other()), would(one.sluice()), one.reason());
    }

    private static String would(Opinion opinion) {
        return switch (opinion) {
            case GO_ON -> "go on";
            case PAUSE -> "pause for a person";
            case ROLL_BACK -> "roll back";
        };
    }

    private static String did(Move other) {
        return switch (other) {
            case RAISED -> "gave it more";
            case PROMOTED -> "promoted it";
            case TOOK_BACK -> "took it back";
        };
    }
}
