package dev.sluice.schemas.message;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The closed list of commands; what each does stands in {@code command.schema.json}. */
public enum CommandType {
    START,
    PAUSE,
    RESUME,
    APPROVE,
    REJECT,
    SKIP,
    PROMOTE,
    ABORT,
    RETRY,
    UNDO,
    FINALIZE,
    UPDATE,
    GOTO,
    RELEASE,
    FREEZE,
    UNFREEZE,
    ASSESS,
    ABANDON,
    DELETE;

    /** Whether it carries a rollout file. */
    public boolean takesFile() {
        return this == START || this == UPDATE;
    }

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
