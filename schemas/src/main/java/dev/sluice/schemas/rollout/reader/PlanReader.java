package dev.sluice.schemas.rollout.reader;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.schemas.check.DocumentSchema;
import dev.sluice.schemas.message.Problem;
import dev.sluice.schemas.rollout.RolloutFileReader.Overrides;
import dev.sluice.schemas.rollout.RolloutFileReader.Read;
import dev.sluice.schemas.rollout.window.Window;
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
        var warnings = new Problems();
        var file = original.deepCopy();
        var targets = new Import(warnings).translate(file, overrides.targets());
        new Spellings(problems).translate(file);
        var context = new ContextValues(problems);
        context.fill(file, overrides.context());
        var shapeProblems = schema.problems(file);
        shapeProblems.forEach(problems::add);
        return read(
                file, TargetChoice.of(file, targets, problems), context, shapeProblems.isEmpty(), problems, warnings);
    }

    private static Read read(
            ObjectNode file,
            List<String> targets,
            ContextValues context,
            boolean isShaped,
            Problems problems,
            Problems warnings) {
        // of another shape the schema has told already
        var durations = new Durations(isShaped ? problems : new Problems());
        var webhooks = new Webhooks(file, context, durations, problems);
        var lockstep = new Lockstep(file, problems);
        new Names(file, problems).check();
        new Dependencies(file, problems).check();
        if (isShaped) {
            lockstep.check();
        }
        new Queries(problems).check(file);
        new Scores(file.path("analysis"), problems).check(file);
        webhooks.check();
        Matches.check(file, problems);
        // however many a file of another shape has
        var windows = isShaped ? new Calendars(problems, durations).windows(file) : List.<Window>of();
        var routes = new Routes(file, problems, durations).byTarget();
        if (!isShaped) {
            return new Read.Invalid(problems.all(), warnings.all());
        }
        Ramps.check(file.path("strategies"), problems);
        var analyses = new Analyses(file.path("analysis"), context, durations);
        var strategies = new Strategies(file.path("strategies"), analyses, webhooks, durations);
        lockstep.checkSteps(strategies::steps);
        var plan = new Plans(file, routes, strategies, windows, durations).plan(targets);
        PlanSize.check(plan, problems);
        OrderSize.check(file, plan, problems);
        Warnings.find(file, plan, warnings);
        return problems.none()
                ? new Read.Valid(plan, warnings.all())
                : new Read.Invalid(problems.all(), warnings.all());
    }
}
