package dev.sluice.notifier.channel;

import dev.sluice.notifier.core.Message;

/** A kind of place to which messages go. Whatever goes wrong is an outcome; a try takes as long as the configured time-out at most. */
public interface Channel {
    /** @param message with its content */
    Outcome send(Message message);
}
