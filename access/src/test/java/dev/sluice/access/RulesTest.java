package dev.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {
    private static Set<Role> roles(Rules rules, String name, String application, String... groups) {
        return Rules.roles(rules.grants(new Identity(name, Set.of(groups))), application);
    }

    @Test
    void addsUpWhatSeveralRulesGive() throws Unreadable {
        // given
        var rules = Rules.read("""
                rules:
                  - {applications: ['*'], roles: [viewer], people: ['*']}
                  - {applications: [shop/*, pay/card], roles: [operator, approver], groups: [shop]}
                """);

        // then
        assertThat(roles(rules, "alice", "shop/checkout", "shop"))
                .containsExactlyInAnyOrder(Role.VIEWER, Role.OPERATOR, Role.APPROVER);
        assertThat(roles(rules, "alice", "pay/cards", "shop")).containsExactly(Role.VIEWER);
        assertThat(roles(rules, "bob", "shop/checkout", "shop2")).containsExactly(Role.VIEWER);
    }

    @ParameterizedTest
    @CsvSource({
        "*, shop/checkout, true",
        "*, *, true",
        "**, *, false",
        "shop/*, *, false",
        "shop/*, shop/checkout, true",
        "shop/*, shop/a/b, true",
        "shop/*, shop, false",
        "shop/*, eshop/checkout, false",
        "shop, shop, true",
        "shop, shop/checkout, false",
        "*/checkout, shop/checkout, true",
        "*/checkout, shop/checkout-2, false",
        "s*p/*k*t, shop/checkout, true",
        "s*p/*k*z, shop/checkout, false"
    })
    void aStarStandsForAnything(String pattern, String application, boolean fits) {
        assertThat(new ApplicationPattern(pattern).fits(application)).isEqualTo(fits);
    }

    @Test
    void saysWhatIsWrongWithAFile() {
        assertThatThrownBy(() -> Rules.read("rules:\n  - {applications: ['*'], roles: [opertor], people: [a]}"))
                .hasMessageContaining("/rules/0/roles/0")
                .hasMessageContaining("operator");
        assertThatThrownBy(() -> Rules.read("rules:\n  - {applications: ['*'], roles: [viewer]}"))
                .hasMessageContaining("`people` or `groups`");
        assertThatThrownBy(() -> Rules.read("rules:\n  - {applications: ['Shop'], roles: [viewer], people: [a]}"))
                .hasMessageContaining("Shop");
        assertThatThrownBy(() -> Rules.read("rules:\n  - {applications: ['*'], role: [viewer], people: [a]}"))
                .hasMessageContaining("role");
    }
}
