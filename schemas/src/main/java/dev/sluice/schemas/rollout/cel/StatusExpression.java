package dev.sluice.schemas.rollout.cel;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.cel.checker.CelStandardDeclarations;
import dev.cel.checker.CelStandardDeclarations.StandardFunction;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.sluice.schemas.message.Status;
import dev.sluice.schemas.wire.Json;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * CEL that is true of a status or not. It knows {@code status} and {@code before}, the one that came before it of the same application
 * and target: the fields of {@code status.schema.json}, each of them null where it has no value, as all of {@code before} are
 * where nothing came before. Bounded as {@link AnswerExpression} is. Immutable and thread-safe.
 */
public final class StatusExpression {
    /** The longest, in characters: with it the work that one can ask for is bounded. */
    public static final int LONGEST = 1024;

    private static final int MOST_TURNS = 1000;
    private static final List<String> VARIABLES = List.of("status", "before");
    private static final Set<String> FIELDS =
            Collections.unmodifiableSet(new TreeSet<>(Arrays.stream(Status.class.getRecordComponents())
                    .map(RecordComponent::getName)
                    .toList()));

    private static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(LONGEST)
            .maxParseRecursionDepth(50)
            .comprehensionMaxIterations(MOST_TURNS)
            .enableHeterogeneousNumericComparisons(true)
            .build();
    private static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            // as for answers: nothing that makes texts or lists longer
            .setStandardEnvironmentEnabled(false)
            .setStandardDeclarations(CelStandardDeclarations.newBuilder()
                    .excludeFunctions(StandardFunction.ADD)
                    .build())
            .setStandardMacros(CelStandardMacro.HAS, CelStandardMacro.ALL, CelStandardMacro.EXISTS)
            .addVar("status", MapType.create(SimpleType.STRING, SimpleType.DYN))
            .addVar("before", MapType.create(SimpleType.STRING, SimpleType.DYN))
            .setResultType(SimpleType.BOOL)
            .build();
    private static final CelRuntime RUNTIME =
            CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(OPTIONS).build();

    /** What an expression comes to. */
    public sealed interface Result {
        record Truth(boolean holds) implements Result {}

        /** It can't be worked out for this status, such as a comparison of nothing with a number. */
        record Undefined(String reason) implements Result {}
    }

    private final String text;
    private final CelRuntime.Program program;

    private StatusExpression(String text, CelRuntime.Program program) {
        this.text = text;
        this.program = program;
    }

    /** @throws IllegalArgumentException that says what is wrong */
    public static StatusExpression of(String text) {
        try {
            var ast = COMPILER.compile(text).getAst();
            refuseUnknownFields(ast);
            return new StatusExpression(text, RUNTIME.createProgram(ast));
        } catch (CelValidationException e) {
            throw new IllegalArgumentException(words(e.getErrors()), e);
        } catch (CelEvaluationException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** A field that there isn't would make a rule that never holds. */
    private static void refuseUnknownFields(CelAbstractSyntaxTree ast) {
        var unknown = CelNavigableAst.fromAst(ast)
                .getRoot()
                .allNodes()
                .flatMap(node -> field(node.expr()))
                .filter(field -> !FIELDS.contains(field))
                .findFirst();
        if (unknown.isPresent()) {
            throw new IllegalArgumentException("a status has no field " + unknown.get() + "; it has " + FIELDS);
        }
    }

    private static Stream<String> field(CelExpr expression) {
        if (expression.exprKind().getKind() != ExprKind.Kind.SELECT) {
            return Stream.empty();
        }
        var operand = expression.select().operand();
        return operand.exprKind().getKind() == ExprKind.Kind.IDENT
                        && VARIABLES.contains(operand.ident().name())
                ? Stream.of(expression.select().field())
                : Stream.empty();
    }

    private static String words(List<CelIssue> issues) {
        return issues.stream()
                .map(issue -> "column " + (issue.getSourceLocation().getColumn() + 1) + ": " + issue.getMessage())
                .collect(Collectors.joining("; "));
    }

    /** The names of all fields that a status has. */
    public static Set<String> fields() {
        return FIELDS;
    }

    /** @param before null where nothing came before */
    public Result of(Status status, Status before) {
        try {
            return new Result.Truth(
                    Boolean.TRUE.equals(program.eval(Map.of("status", values(status), "before", values(before)))));
        } catch (CelEvaluationException e) {
            return new Result.Undefined(e.getMessage());
        }
    }

    private static Object values(Status status) {
        var values = new TreeMap<String, Object>();
        FIELDS.forEach(field -> values.put(field, null));
        if (status != null) {
            values.putAll(Json.mapper().convertValue(status, new TypeReference<Map<String, Object>>() {}));
        }
        return CelValues.of(values);
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
