package dev.sluice.schemas.rollout.window;

import com.cronutils.model.field.expression.Always;
import com.cronutils.model.field.expression.And;
import com.cronutils.model.field.expression.Between;
import com.cronutils.model.field.expression.Every;
import com.cronutils.model.field.expression.FieldExpression;
import com.cronutils.model.field.expression.On;
import com.cronutils.model.field.value.FieldValue;

/**
 * One field of a cron: the numbers that it names, as bits.
 *
 * @param last the field's largest number, below 64
 */
record CronField(long bits, int last) {
    private static final int NONE = -1;

    /** @param first the field's smallest number */
    static CronField of(FieldExpression expression, int first, int last) {
        return new CronField(bits(expression, first, last), last);
    }

    private static long bits(FieldExpression expression, int first, int last) {
        return switch (expression) {
            case And all ->
                all.getExpressions().stream()
                        .mapToLong(each -> bits(each, first, last))
                        .reduce(0, (one, other) -> one | other);
            case Every every -> every(every.getExpression(), every.getPeriod().getValue(), first, last);
            default -> every(expression, 1, first, last);
        };
    }

    private static long every(FieldExpression expression, int period, int first, int last) {
        return switch (expression) {
            case Always always -> range(first, last, period);
            case Between between -> range(number(between.getFrom()), number(between.getTo()), period);
            // 5/15 is from 5 to the field's end
            case On on ->
                range(on.getTime().getValue(), period == 1 ? on.getTime().getValue() : last, period);
            default ->
                throw new IllegalArgumentException(
                        "`" + expression.asString() + "`: numbers, names, lists, ranges and steps can stand there");
        };
    }

    private static long range(int from, int to, int period) {
        var bits = 0L;
        for (int number = from; number <= to; number += period) {
            bits |= 1L << number;
        }
        return bits;
    }

    private static int number(FieldValue<?> value) {
        if (value.getValue() instanceof Integer number) {
            return number;
        }
        throw new IllegalArgumentException("`" + value.getValue() + "` is no number");
    }

    boolean has(int number) {
        return number <= last && ((bits >> number) & 1) == 1;
    }

    /** The smallest from {@code number} on; -1: none. */
    int atOrAfter(int number) {
        var rest = number > last ? 0 : (bits >> number) << number;
        return rest == 0 ? NONE : Long.numberOfTrailingZeros(rest);
    }

    /** The largest up to {@code number}; -1: none. */
    int atOrBefore(int number) {
        if (number < 0) {
            return NONE;
        }
        var rest = bits << (Long.SIZE - 1 - number);
        return rest == 0 ? NONE : number - Long.numberOfLeadingZeros(rest);
    }
}
