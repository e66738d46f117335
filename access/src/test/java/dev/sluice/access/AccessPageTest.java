package dev.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.message.CommandType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What docs/access.md shows is so. */
class AccessPageTest {
    private String page;

    @BeforeEach
    void read() throws IOException {
        page = Files.readString(Path.of("../docs/access.md"));
    }

    private String block(String beginning) {
        var at = page.indexOf("```yaml\n" + beginning);
        assertThat(at).describedAs(beginning).isNotNegative();
        var from = page.indexOf('\n', at) + 1;
        return page.substring(from, page.indexOf("```", from));
    }

    /** The second column of the table of roles. */
    private String may(Role role) {
        return page.lines()
                .filter(line -> line.startsWith("| `" + role.word() + "` |"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theFilesThatItShowsAreOnesThatCount() throws Unreadable {
        // given
        var rules = Rules.read(block("rules:"));
        var alice = rules.grants(new Identity("alice", Set.of("shop-team", "sre")));

        // then
        assertThat(Rules.roles(alice, "shop/checkout"))
                .containsExactlyInAnyOrder(Role.VIEWER, Role.OPERATOR, Role.APPROVER);
        assertThat(Rules.roles(alice, "pay/card")).containsExactly(Role.VIEWER);
        assertThat(Tokens.read(block("tokens:")).find("x".repeat(64), Instant.EPOCH))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void everyCommandStandsAtTheRoleThatItNeeds(CommandType type) {
        // given
        var word = "`" + type.word() + "`";

        // then
        assertThat(may(Role.needed(type))).contains(word);
        assertThat(Arrays.stream(Role.values()).filter(role -> role != Role.needed(type)))
                .noneMatch(role -> may(role).contains(word));
    }

    @Test
    void everyRoleIsThere() {
        assertThat(List.of(Role.values()))
                .allSatisfy(role -> assertThat(may(role)).isNotBlank());
    }
}
