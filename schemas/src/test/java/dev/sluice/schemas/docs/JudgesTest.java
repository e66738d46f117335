package dev.sluice.schemas.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.RolloutFileReader;
import dev.sluice.schemas.rollout.RolloutFileReader.Overrides;
import dev.sluice.schemas.rollout.RolloutFileReader.Read;
import dev.sluice.schemas.rollout.Rule;
import dev.sluice.schemas.rollout.Step;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/judges.md has an example of each judge, under its name. */
class JudgesTest {
    private static final String PAGE = "docs/judges.md";

    @Test
    void everyJudgeHasAnExampleUnderItsName() throws Exception {
        // given
        var page = Example.read(Example.TOP.resolve(PAGE));

        // when
        var rules = new ArrayList<Rule>();
        for (var example : Example.all()) {
            if (example.page().equals(PAGE)) {
                var read = new RolloutFileReader().read(RolloutFilePart.whole(example), Overrides.NONE);
                queries((Read.Valid) read).forEach(query -> rules.add(query.rule()));
            }
        }

        // then
        assertThat(rules).hasOnlyElementsOfTypes(Rule.class.getPermittedSubclasses());
        for (var judge : Rule.class.getPermittedSubclasses()) {
            assertThat(rules).hasAtLeastOneElementOfType(judge);
        }
        assertThat(rules)
                .filteredOn(rule -> !(rule instanceof Rule.Itself))
                .allSatisfy(rule -> assertThat(page).contains("\n## " + rule.judge() + "\n"));
    }

    private static List<Query> queries(Read.Valid file) {
        return file.plan().targets().stream()
                .flatMap(target -> target.steps().stream())
                .filter(Step.Analysis.class::isInstance)
                .flatMap(step -> ((Step.Analysis) step).spec().queries().stream())
                .toList();
    }
}
