package dev.sluice.simulation.people;

import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.Command.Expect;
import dev.sluice.schemas.message.CommandType;
import java.util.List;
import java.util.Map;

/** A command in the making: what somebody says, about an application that is yet to be named. */
record Said(
        CommandType type,
        String target,
        Expect expect,
        String actor,
        List<String> roles,
        String revision,
        Integer step,
        boolean automated,
        boolean force,
        boolean overrideFreeze) {

    static Said that(CommandType type, String actor) {
        return new Said(type, null, null, actor, List.of(), null, null, false, false, false);
    }

    Said on(String newTarget) {
        return new Said(type, newTarget, expect, actor, roles, revision, step, automated, force, overrideFreeze);
    }

    Said expecting(Expect newExpect) {
        return new Said(type, target, newExpect, actor, roles, revision, step, automated, force, overrideFreeze);
    }

    Said as(List<String> newRoles) {
        return new Said(type, target, expect, actor, newRoles, revision, step, automated, force, overrideFreeze);
    }

    Said of(String newRevision, boolean byAutomation) {
        return new Said(type, target, expect, actor, roles, newRevision, step, byAutomation, force, overrideFreeze);
    }

    Said to(int newStep) {
        return new Said(type, target, expect, actor, roles, revision, newStep, automated, force, overrideFreeze);
    }

    Said forced(boolean isForced) {
        return new Said(type, target, expect, actor, roles, revision, step, automated, isForced, overrideFreeze);
    }

    /** Past freezes and windows. */
    Said overriding() {
        return new Said(type, target, expect, actor, roles, revision, step, automated, force, true);
    }

    Command command(String id, String application) {
        return new Command(
                id,
                type,
                application,
                target,
                actor,
                roles,
                overrideFreeze ? "it can't wait" : null,
                revision,
                Map.of(),
                List.of(),
                null,
                expect,
                Map.of(),
                step,
                automated,
                null,
                null,
                force,
                overrideFreeze);
    }
}
