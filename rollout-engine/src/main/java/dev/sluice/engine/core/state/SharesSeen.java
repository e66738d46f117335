package dev.sluice.engine.core.state;

import dev.sluice.schemas.message.Verdict.Share;
import java.time.Duration;
import java.time.Instant;

/**
 * What runs have found of the canary's share of the requests (B36). Only those count that began once the weight was in
 * force: what is measured over two weights says nothing of either.
 *
 * @param inForce since when every route carries what was ordered last; null where one of them doesn't
 * @param by the name of the rollout's analysis that measures it; null before one did
 * @param last what the newest run that counts has found; null where none of this weight has
 * @param until when that run, or the one of an earlier weight, ended
 * @param off how many runs in a row found another share than the weight, over changes of the weight
 * @param offSince when the first of these began; null where there is none
 * @param agreeing how many runs in a row found the weight, each with too few requests to tell
 * @param accepted somebody was told and goes on
 */
public record SharesSeen(
        Instant inForce,
        String by,
        Share last,
        Instant until,
        int off,
        Instant offSince,
        int agreeing,
        boolean accepted) {
    public static final SharesSeen NONE = new SharesSeen(null, null, null, null, 0, null, 0, false);

    /** One run may be off by chance or by a burst of one client; that lasts neither for two nor for so long. */
    private static final int RUNS_AT_LEAST = 2;

    /** So many in a row tell what one of them doesn't. */
    private static final int AGREEING_ENOUGH = 4;

    private static final Duration AT_LEAST = Duration.ofMinutes(1);

    public boolean counts(Instant from, Instant to) {
        return inForce != null && !from.isBefore(inForce) && (until == null || to.isAfter(until));
    }

    public boolean isOffForLong() {
        return off >= RUNS_AT_LEAST && Duration.between(offSince, until).compareTo(AT_LEAST) >= 0;
    }

    /** Nobody has been told yet and goes on all the same. */
    public boolean isDoubted() {
        return !accepted && isOffForLong();
    }

    /** The share in percent, while a weight is in force. */
    public Double observed() {
        return last == null ? null : Double.valueOf(last.observed());
    }

    /** Something is on its way to the routes. */
    public SharesSeen ordered() {
        return new SharesSeen(null, by, null, until, off, offSince, 0, accepted);
    }

    public SharesSeen inForce(Instant at) {
        return new SharesSeen(at, by, null, until, off, offSince, 0, accepted);
    }

    public SharesSeen by(String analysis) {
        return new SharesSeen(inForce, analysis, last, until, off, offSince, agreeing, accepted);
    }

    public SharesSeen near(Share share, Instant to) {
        return new SharesSeen(inForce, by, share, to, 0, null, 0, accepted);
    }

    public SharesSeen off(Share share, Instant from, Instant to) {
        return new SharesSeen(inForce, by, share, to, off + 1, offSince == null ? from : offSince, 0, accepted);
    }

    /** Too few requests to tell. */
    public SharesSeen unclear(Share share, Instant to) {
        return new SharesSeen(inForce, by, share, to, off, offSince, 0, accepted);
    }

    /** Too few requests to tell, and yet the weight's share of them. */
    public SharesSeen agreeing(Share share, Instant to) {
        return agreeing + 1 >= AGREEING_ENOUGH
                ? near(share, to)
                : new SharesSeen(inForce, by, share, to, off, offSince, agreeing + 1, accepted);
    }

    public SharesSeen accept() {
        return new SharesSeen(inForce, by, last, until, off, offSince, agreeing, true);
    }
}
