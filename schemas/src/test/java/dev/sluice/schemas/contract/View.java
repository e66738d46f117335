package dev.sluice.schemas.contract;

import java.util.List;

/** Whose eyes a difference is seen with. */
enum View {
    /** Of whoever sends: what they sent before is still taken, and means the same. */
    SENDER,
    /** Of whoever reads: what comes now is what they could read before. */
    READER;

    /** What outsiders send; what services once sent to themselves is read as well, long after. */
    static final List<View> OF_WHAT_OTHERS_SEND = List.of(SENDER);
    /** A service of the version before reads it, and so does one of the next version what this one left on the topic. */
    static final List<View> OF_WHAT_SLUICE_SENDS = List.of(SENDER, READER);
}
