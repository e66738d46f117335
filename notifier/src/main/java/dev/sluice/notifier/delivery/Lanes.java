package dev.sluice.notifier.delivery;

import dev.sluice.notifier.Meters;
import dev.sluice.notifier.channel.Channels;
import dev.sluice.notifier.channel.Outcome;
import dev.sluice.notifier.config.NotifierConfig;
import dev.sluice.notifier.core.Message;
import dev.sluice.notifier.ledger.Book;
import dev.sluice.schemas.wire.Keys;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** One lane for each channel. */
@Singleton
public class Lanes {
    private static final Duration OVER_A_TRY = Duration.ofSeconds(2);

    private final Channels channels;
    private final Meters meters;
    private final Lane.Terms terms;
    private final Duration longestStop;
    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();

    Lanes(Channels channels, NotifierConfig config, Meters meters) {
        var notifier = config.notifier();
        this.channels = channels;
        this.meters = meters;
        this.terms = new Lane.Terms(notifier.giveUpAfter(), new Pauses(notifier.longestPause()), notifier.waiting());
        this.longestStop = notifier.timeout().plus(OVER_A_TRY);
        channels.names().forEach(this::lane);
    }

    /** @param messages of the book, each for the channels that wait for it */
    public void put(Book book, Stream<Message> messages) {
        messages.forEach(message -> {
            var key = Keys.applicationTarget(message.application(), message.target());
            for (var channel : message.waiting()) {
                lane(channel).put(new Parcel(book, key, message.id(), channel, 0, System.nanoTime()));
            }
        });
    }

    private Lane lane(String name) {
        return lanes.computeIfAbsent(
                name,
                // the ledger may know a channel that is configured no longer
                channel -> new Lane(
                        channel,
                        channels.named(channel)
                                .orElse(message -> new Outcome.Refused("there is no channel of that name any more")),
                        terms,
                        meters));
    }

    public boolean areAlive() {
        return lanes.values().stream().allMatch(Lane::isAlive);
    }

    public void stop() {
        lanes.values().parallelStream().forEach(lane -> lane.stop(longestStop));
    }
}
