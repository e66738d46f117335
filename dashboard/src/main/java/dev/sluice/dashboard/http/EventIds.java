package dev.sluice.dashboard.http;

/**
 * How a reader's events are named, so that they can go on after the last one. A name of another instance, of an earlier one, or
 * of a time when the reader might see something else, means nothing here: then what there is comes anew.
 */
record EventIds(String mark) {
    static EventIds of(String instance, String sight) {
        return new EventIds(instance + "-" + sight + ".");
    }

    String id(long position) {
        return mark + position;
    }

    /**
     * Who has a part of a picture alone can't go on from there.
     *
     * @param more parts that come after it
     */
    String id(long position, int more) {
        return id(more == 0 ? position : StreamReader.NOWHERE);
    }

    /** What a reader says it was told last, as a position of this instance. */
    long position(String lastEventId) {
        if (lastEventId == null || !lastEventId.startsWith(mark)) {
            return StreamReader.NOWHERE;
        }
        try {
            return Long.parseLong(lastEventId.substring(mark.length()));
        } catch (NumberFormatException notOurs) {
            return StreamReader.NOWHERE;
        }
    }
}
