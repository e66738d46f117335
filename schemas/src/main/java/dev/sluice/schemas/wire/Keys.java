package dev.sluice.schemas.wire;

import dev.sluice.schemas.message.AnalysisSet;
import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.MetricEvent;
import dev.sluice.schemas.message.Status;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.message.WeightReport;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/** Record keys. They spread and compact; identity is always read from the value. */
public final class Keys {
    /** Before the route in the key of an order that only checks: compaction must never put it in a real order's place. */
    private static final String CHECK = "check:";

    /** Likewise of one that only observes, which stays there while it does. */
    private static final String OBSERVED = "observe:";

    private Keys() {}

    public static String applicationTarget(String application, String target) {
        return application + "/" + target;
    }

    /** The key that the message's topic asks for. */
    public static <T> byte[] of(MessageType<T> type, T message) {
        var about = About.of(message);
        var key = switch (type.topic().key()) {
            case APPLICATION -> about.application;
            case APPLICATION_TARGET -> applicationTarget(about.application, about.target);
            case ROUTE -> ofRoute(message, about.route);
        };
        return key.getBytes(StandardCharsets.UTF_8);
    }

    /** Of orders that only check. No cluster's name has a colon, so that this is no route's key. */
    public static String check(String route) {
        return CHECK + route;
    }

    /** Of orders that only observe: no route's key either. Nobody holds the route, so that several applications may observe it. */
    public static String observed(String application, String route) {
        return OBSERVED + application + ":" + route;
    }

    public static boolean isObserved(String key) {
        return key.startsWith(OBSERVED);
    }

    private static String ofRoute(Object message, String route) {
        if (message instanceof WeightOrder order && order.check()) {
            return order.observe() ? observed(order.application(), route) : check(route);
        }
        return route;
    }

    /** For {@code ce_subject}: the route, else the application and, if the message names one, the target. */
    static String subject(Object message) {
        var about = About.of(message);
        if (about.route != null) {
            return about.route;
        }
        return about.target == null ? about.application : applicationTarget(about.application, about.target);
    }

    /** For {@code ce_correlationid}: the rollout that it is about, else null. */
    static String rollout(Object message) {
        return About.of(message).rollout;
    }

    /** Where Java's default partitioner puts the key; other clients' partitioners put it elsewhere. */
    public static int partition(String key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % partitions;
    }

    private record About(String application, String target, String route, String rollout) {
        static About of(Object message) {
            return switch (message) {
                case Command m -> new About(m.application(), m.target(), null, rollout(m));
                case MetricEvent m -> new About(m.application(), m.target(), null, null);
                case AnalysisSet m -> new About(m.application(), m.target(), null, m.rollout());
                case Verdict m -> new About(m.application(), m.target(), null, m.rollout());
                case WeightOrder m -> new About(m.application(), m.target(), m.route(), m.rollout());
                case WeightReport m -> new About(m.application(), m.target(), m.route(), m.rollout());
                case Status m -> new About(m.application(), m.target(), null, m.rollout());
                case Audit m -> new About(m.application(), m.target(), null, m.rollout());
                default -> throw new IllegalArgumentException(message.getClass() + " is not one of the eight messages");
            };
        }

        /** What begins one is called as it is; what others name, they expect. */
        private static String rollout(Command command) {
            return switch (command.type()) {
                case START, RETRY, UNDO -> command.id();
                case ASSESS ->
                    command.assessment() == null ? null : command.assessment().rollout();
                default -> command.expect() == null ? null : command.expect().rollout();
            };
        }
    }
}
