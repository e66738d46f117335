package dev.sluice.schemas.rollout.reader;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.schemas.check.DocumentSchema;
import dev.sluice.schemas.message.Problem;
import dev.sluice.schemas.rollout.RolloutFileReader.Overrides;
import dev.sluice.schemas.rollout.RolloutFileReader.Read;
import java.util.List;

/**
 * The way from a file's tree to its plan: other spellings, context, schema, names, parts that are not carried out yet,
 * then the plan. Every check runs on whatever it can read, so that all problems are told at once.
 */
public final class PlanReader {
    private final DocumentSchema schema = DocumentSchema.named("rollout-file");

    public Read read(JsonNode tree, Overrides overrides) {
        if (!(tree instanceof ObjectNode original)) {
            return new Read.Invalid(
                    List.of(new Problem("", "a rollout file is an object, not " + DocumentSchema.kindOf(tree))));
        }
        var problems = new Problems();
        var file = original.deepCopy();
        new Spellings(problems).translate(file);
        new ContextValues(problems).fill(file, overrides.context());
        var shapeProblems = schema.problems(file);
        shapeProblems.forEach(problems::add);
        NotYet.report(file, problems);
        new Names(file, problems).check();
        new Dependencies(file, problems).check();
        new Queries(problems).check(file);
        new Scores(file.path("analysis"), problems).check(file.path("strategies"));
        var targets = TargetChoice.of(file, overrides.targets(), problems);
        var isShaped = shapeProblems.isEmpty();
        // of another shape the schema has told already
        var durations = new Durations(isShaped ? problems : new Problems());
        var routes = new Routes(file, problems, durations).byTarget();
        if (!isShaped) {
            return new Read.Invalid(problems.all());
        }
        var plan = new Plans(file, routes, durations).plan(targets);
        return problems.none() ? new Read.Valid(plan, Warnings.of(file, plan).all()) : new Read.Invalid(problems.all());
    }
}
