package dev.sluice.gate.alert;

import java.util.List;

/** What a monitor's webhook said. */
public sealed interface Said {
    record Alerts(List<SaidAlert> alerts) implements Said {}

    /** Nothing of alerts, and what it asked for is done. */
    record Done(String what) implements Said {}

    /** Nobody can read it, and nobody could if it came again. */
    record Malformed(String why) implements Said {}

    /** It is not from whom it says. */
    record Refused(String why) implements Said {}

    /** What it asks for can't be done now; it should come again. */
    record Later(String why) implements Said {}
}
