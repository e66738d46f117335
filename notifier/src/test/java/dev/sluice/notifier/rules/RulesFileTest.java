package dev.sluice.notifier.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.notifier.core.Rule;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesFileTest {
    private static final RulesFile FILE = new RulesFile(Set.of("room", "mail"));

    @Test
    void readsRules() {
        // when
        var rules = FILE.read("""
                rules:
                  - name: approval
                    when: status.phase == "AwaitingApproval"
                    applications: [shop/*, blog]
                    to: [room, mail]
                    title: "{{status.application}}"
                  - {name: all, when: 'true', to: mail}
                """);

        // then
        assertThat(rules).extracting(Rule::name).containsExactly("approval", "all");
        assertThat(rules.getFirst().applications()).hasToString("[shop/*, blog]");
        assertThat(rules.getFirst().title()).isPresent();
        assertThat(rules.getFirst().text()).isEmpty();
        assertThat(rules.getLast().to()).containsExactly("mail");
        assertThat(rules.getLast().applications()).hasToString("[*]");
    }

    @Test
    void noRulesAreRulesToo() {
        assertThat(FILE.read("rules: []")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        rules: [{name: a, when: 'true', to: [pager]}]                      | rule a.to: there is no channel pager; configured are [mail, room]
        rules: [{name: a, when: 'true'}]                                   | rule a has no `to`
        rules: [{name: a, to: room}]                                       | rule a has no `when`
        rules: [{when: 'true', to: room}]                                  | rules[0] has no `name`
        rules: [{name: a b, when: 'true', to: room}]                       | rules[0].name: use at most 64 letters
        rules: [{name: a, when: status.phaze == 1, to: room}]              | rule a.when: a status has no field phaze
        rules: [{name: a, when: 'true', to: room, applications: 'Shop'}]   | rule a.applications: no application has a name like `Shop`
        rules: [{name: a, when: 'true', to: room, text: '{{status.x}}'}]   | rule a.text: {{status.x}} stands for nothing
        rules: [{name: a, when: 'true', to: room, title: 'x {{ y'}]        | rule a.title: a name is written as {{status.revision}}
        rules: [{name: a, when: 'true', to: room, too: mail}]              | rules[0] has a key `too`, which there isn't
        rules: [{name: a, when: 'true', to: room}, {name: a, when: 'true', to: room}] | two rules have the name a
        rules: {}                                                          | `rules` has to be a list
        rule: []                                                           | the file has a key `rule`
        'rules: ['                                                         | not readable as YAML (line 1
        """)
    void saysWhatIsWrongAndWhere(String yaml, String words) {
        assertThatIllegalArgumentException().isThrownBy(() -> FILE.read(yaml)).withMessageContaining(words);
    }
}
