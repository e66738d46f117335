package dev.sluice.bench.rig;

import dev.sluice.bench.Aim;
import dev.sluice.schemas.Topic;
import java.util.List;

/** What is timed: from a message published to the weight that it leads to, read by a watch of the Kubernetes API. */
public enum Journey {
    /** The metric event that breaks the canary's limit. */
    BREAK_TO_ZERO("break-to-zero", true, Topic.METRICS, Topic.VERDICTS, Topic.WEIGHTS),
    ABORT_TO_ZERO("abort-to-zero", true, Topic.COMMANDS, Topic.WEIGHTS),
    APPROVE_TO_NEXT_WEIGHT("approve-to-next-weight", true, Topic.COMMANDS, Topic.WEIGHTS),
    /** The same event on a partition that is not its series', so that the gate sends it on first. */
    MISPLACED_BREAK_TO_ZERO(
            "misplaced-break-to-zero", false, Topic.METRICS, Topic.METRICS_PLACED, Topic.VERDICTS, Topic.WEIGHTS);

    /** Of the middle of the samples. */
    static final Aim TYPICAL = new Aim.AtMostTimes(2);
    /** Of the slowest in a hundred. */
    static final Aim SLOWEST = new Aim.AtMost(100, "ms");

    private final String word;
    private final boolean aimed;
    private final List<Topic> topics;

    Journey(String word, boolean aimed, Topic... topics) {
        this.word = word;
        this.aimed = aimed;
        this.topics = List.of(topics);
    }

    public String word() {
        return word;
    }

    /** Whether the aims are for it; the others are only told. */
    public boolean isAimed() {
        return aimed;
    }

    /** The topics on the way, in order; the first is where the message is published. Each is one hop. */
    public List<Topic> topics() {
        return topics;
    }

    /** The topics that are written on the way. */
    public List<Topic> stages() {
        return topics.subList(1, topics.size());
    }
}
