package dev.sluice.cli.verify;

import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.Status;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.message.WeightReport;
import java.time.Instant;
import java.util.List;

/** One promise that the topics can show to be broken. They are shown decisions first, each topic in its own order. */
interface Promise {
    /** As the tests name it, such as {@code B01}. */
    String number();

    /** What is promised. */
    String words();

    default void decided(Audit decision) {}

    /** @param at when the broker got it */
    default void ordered(WeightOrder order, Instant at) {}

    default void reported(WeightReport report) {}

    default void shown(Status status) {}

    /** What breaks it, once everything was shown. */
    List<String> broken(Instant now);
}
