package dev.sluice.triggers.core;

import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.Phase;
import java.util.List;

/**
 * What follows now.
 *
 * @param commands to send, in order
 * @param memory what to remember once they are sent
 * @param awaited what was sent before and has no answer yet: to be sent once more, as it is, if none comes; null: nothing
 * @param pending what the spec asks for and has not come yet, in words; null: nothing
 * @param letsGo nothing holds the resource any more that somebody asked to delete
 */
public record Turn(
        List<Command> commands, Memory memory, Command awaited, String pending, boolean letsGo, Course course) {
    /** @param before the phase as it was last known; null: it wasn't */
    public static Turn of(Subject subject, Memory memory, Seen seen, Phase before) {
        var learnt = Learning.from(memory, seen);
        var course = Course.of(learnt.started(), seen, before);
        return subject.deleted()
                ? new Leaving(subject, learnt, seen, course).turn()
                : new Wanting(subject, learnt, seen, course).turn();
    }

    /** Nothing could be sent: what is remembered is what was, and it is tried again. */
    public Turn unsent(Memory before, String words) {
        return new Turn(List.of(), before, null, words, false, course);
    }
}
