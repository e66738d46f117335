package dev.sluice.gate.core;

import dev.sluice.schemas.rollout.Query.Selector;

/** What one variant's events in a window come to. */
public interface Evidence {
    /** All matching series added up; null where none matches. */
    Aggregate total(Selector selector);

    /** Why {@link #total} has nothing for this selector: names what does exist. */
    String whyMissing(Selector selector);

    Window window();
}
