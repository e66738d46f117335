package dev.sluice.applier.mesh;

import dev.sluice.schemas.rollout.Match;
import dev.sluice.schemas.rollout.Mirror;
import java.util.List;
import java.util.Map;

/**
 * How the rules of one kind of object are written, so that {@link OwnRules} can put one of Sluice's own before each that a
 * route moves. Whatever it is given may be changed.
 */
interface RuleForm {
    /** The object's lists of rules, themselves. */
    List<List<Object>> lists(Document object);

    /** A copy in which rules that go without saying are written out, so that others can be put before them. */
    default Document spelledOut(Document object) {
        return object;
    }

    /** The document without them again. */
    default Document shortened(Document object) {
        return object;
    }

    /** The rules that the route moves; none of Sluice's own is in the object. */
    Moved moved(Document object);

    /** Makes of a copy of a rule one of those of its requests that match, all of them for the canary. */
    Narrowed narrow(Moved.Rule rule, Document copy, Match match);

    /**
     * What has become of a copy.
     *
     * @param isAny whether any of the rule's requests can match
     * @param flaw why it can't be said, with what to do; null where it can
     */
    record Narrowed(boolean isAny, String flaw) {
        static final Narrowed SOME = new Narrowed(true, null);
        static final Narrowed NONE = new Narrowed(false, null);

        static Narrowed not(String flaw) {
            return new Narrowed(false, flaw);
        }
    }

    /** Whether it sends everything to the canary, and so might be one of Sluice's own. */
    boolean isForCanaryAlone(Document rule);

    /**
     * Why rules of Sluice's own can't stand beside the object's others, with what to do; null where they can, as wherever the
     * first that matches has a request.
     *
     * @param object without them
     * @param own by the content of the rule that each is to stand before
     */
    default String clash(Document object, Map<Object, Document> own) {
        return null;
    }

    /** Why the mesh takes no such object, with what to do; null where it does. */
    default String tooMany(Document object) {
        return null;
    }

    /**
     * Copies what the rule serves to the canary.
     *
     * @return why it can't, with what to do; null where it can
     */
    String copyTo(Moved.Rule rule, Mirror mirror);

    /** Takes that back. Copies for others stay. */
    default void uncopy(Document rule) {}

    /** Whether the canary gets copies of all that the rule serves, since no share of them is there. */
    default boolean copiesAll(Document rule) {
        return false;
    }

    /**
     * Hands a cookie out with the canary's answers to what the rule serves, and with no other's. Asked for only where {@code
     * Beside.keepsClients}.
     *
     * @return why it can't, with what to do; null where it can
     */
    default String handOut(Moved.Rule rule, StickyCookie cookie) {
        return "no answer of the canary's can carry a cookie: leave sessionAffinity out";
    }

    /** Takes that back, of whichever rollout. */
    default void handOutNoMore(Document rule) {}

    /** Whether the canary hands out such a cookie. */
    default boolean handsOut(Document rule) {
        return false;
    }
}
