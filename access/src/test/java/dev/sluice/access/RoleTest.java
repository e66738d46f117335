package dev.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.wire.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RoleTest {
    private static Command command(CommandType type, String flag) {
        return Json.mapper()
                .convertValue(
                        Map.of("id", "1", "type", type.word(), "application", "shop/checkout", flag, true),
                        Command.class);
    }

    @ParameterizedTest
    @EnumSource
    void everyCommandNeedsARoleAndNobodyElsesDo(CommandType type) {
        var needed = Role.needed(type);
        assertThat(needed).isIn(Role.OPERATOR, Role.APPROVER, Role.ADMIN);
        assertThat(Role.refusal(command(type, "automated"), Set.of(needed), "x"))
                .isEmpty();
        assertThat(Role.refusal(command(type, "automated"), Set.of(Role.ADMIN), "x"))
                .isEmpty();
        assertThat(Role.refusal(command(type, "automated"), Set.of(Role.VIEWER, Role.SENDER), "alice"))
                .get()
                .asString()
                .contains(type.word(), "needs the role " + needed.word(), "alice has [viewer, sender]");
    }

    @Test
    void whoSteersDoesNotApproveAndTheOtherWayRound() {
        assertThat(Role.allowed(List.of(Role.OPERATOR))).doesNotContain(CommandType.APPROVE, CommandType.FREEZE);
        assertThat(Role.allowed(List.of(Role.APPROVER))).containsExactly(CommandType.APPROVE, CommandType.REJECT);
        assertThat(Role.mayApprove(List.of(Role.OPERATOR))).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void forceAndOverridesAreForAdmins(CommandType type) {
        var others = Set.of(Role.VIEWER, Role.OPERATOR, Role.APPROVER, Role.SENDER);
        assertThat(Role.refusal(command(type, "force"), others, "x")).isPresent();
        assertThat(Role.refusal(command(type, "overrideFreeze"), others, "x")).isPresent();
    }

    @Test
    void whoSendsMetricsSeesNothing() {
        assertThat(Role.maySee(List.of(Role.SENDER))).isFalse();
        assertThat(Role.maySend(List.of(Role.SENDER))).isTrue();
        assertThat(Role.maySend(List.of(Role.APPROVER, Role.VIEWER))).isFalse();
    }
}
