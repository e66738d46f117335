package dev.sluice.access;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.CommandType;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What somebody may do with the applications that a rule names. This is the one list of which command needs which. */
public enum Role {
    /** Sees. */
    VIEWER,
    /** Steers rollouts, but answers no approval. */
    OPERATOR,
    /** Answers approvals and judgements, and does nothing else: not both in one hand, unless a rule gives both. */
    APPROVER,
    /** Everything. */
    ADMIN,
    /** Sends metrics and alerts, and does not even see. */
    SENDER;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Role> of(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }

    /** The role that a command of this type needs; {@link #ADMIN} may it beside. */
    public static Role needed(CommandType type) {
        return switch (type) {
            case START, PAUSE, RESUME, SKIP, PROMOTE, ABORT, RETRY, UNDO, FINALIZE, UPDATE, GOTO, RELEASE, ASSESS ->
                OPERATOR;
            case APPROVE, REJECT -> APPROVER;
            // of every application, of what nobody can undo
            case FREEZE, UNFREEZE, ABANDON, DELETE -> ADMIN;
        };
    }

    /** By what it asks for beside its type: past the rules that protect from its effect. */
    public static Role needed(Command command) {
        return command.force() || command.overrideFreeze() ? ADMIN : needed(command.type());
    }

    public static boolean maySee(Collection<Role> roles) {
        return roles.stream().anyMatch(role -> role != SENDER);
    }

    public static boolean mayApprove(Collection<Role> roles) {
        return has(roles, APPROVER);
    }

    /** Metrics and alerts. */
    public static boolean maySend(Collection<Role> roles) {
        return has(roles, SENDER) || has(roles, OPERATOR);
    }

    public static boolean has(Collection<Role> roles, Role needed) {
        return roles.contains(needed) || roles.contains(ADMIN);
    }

    /** The commands that these roles allow, without {@code force} and {@code overrideFreeze}. */
    public static List<CommandType> allowed(Collection<Role> roles) {
        return Arrays.stream(CommandType.values())
                .filter(type -> has(roles, needed(type)))
                .toList();
    }

    /** Why these roles don't allow a command, in words; empty where they do. */
    public static Optional<String> refusal(Command command, Collection<Role> roles, String whose) {
        var needed = needed(command);
        if (has(roles, needed)) {
            return Optional.empty();
        }
        var how = command.force() ? " by force" : command.overrideFreeze() ? " past freezes" : "";
        return Optional.of("'" + command.type().word() + "'" + how + " of " + command.application() + " needs the role "
                + needed.word() + " there; " + whose + " has " + words(roles));
    }

    public static String words(Collection<Role> roles) {
        return roles.isEmpty()
                ? "none"
                : roles.stream().sorted().map(Role::word).toList().toString();
    }
}
