package dev.sluice.schemas.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.wire.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each kind of break is made once, and seen with the eyes of whom it breaks; what breaks nobody passes. */
class SchemaBreaksTest {
    private static final String BREAKS_SENDERS = "SENDER";
    private static final String BREAKS_READERS = "READER";
    private static final String BREAKS_BOTH = "SENDER READER";
    private static final String BREAKS_NOBODY = "";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                // what it is | before | now | whom it breaks
                "'a field is gone'|{'properties':{'a':{}}}|{'properties':{}}|" + BREAKS_BOTH,
                "'a field has another name'|{'properties':{'a':{}}}|{'properties':{'b':{}}}|" + BREAKS_BOTH,
                "'a field is new'|{'properties':{}}|{'properties':{'a':{'type':'string'}}}|" + BREAKS_NOBODY,
                "'a field is new where none was to come'|{'properties':{},'additionalProperties':false}|{'properties':{'a':{}},'additionalProperties':false}|"
                        + BREAKS_READERS,
                "'a field is required now'|{'properties':{'a':{}}}|{'properties':{'a':{}},'required':['a']}|"
                        + BREAKS_SENDERS,
                "'a new field is required'|{'properties':{}}|{'properties':{'a':{}},'required':['a']}|"
                        + BREAKS_SENDERS,
                "'a field may be missing now'|{'properties':{'a':{}},'required':['a']}|{'properties':{'a':{}}}|"
                        + BREAKS_READERS,
                "'another type'|{'type':'string'}|{'type':'integer'}|" + BREAKS_BOTH,
                "'one type less'|{'type':['string','null']}|{'type':'string'}|" + BREAKS_SENDERS,
                "'one type more'|{'type':'string'}|{'type':['string','null']}|" + BREAKS_READERS,
                "'any number where whole ones were'|{'type':'integer'}|{'type':'number'}|" + BREAKS_READERS,
                "'whole numbers where any were'|{'type':'number'}|{'type':'integer'}|" + BREAKS_SENDERS,
                "'any type where one was'|{'type':'string'}|{}|" + BREAKS_READERS,
                "'one value less'|{'enum':['a','b']}|{'enum':['a']}|" + BREAKS_SENDERS,
                "'one value more'|{'enum':['a']}|{'enum':['a','b']}|" + BREAKS_READERS,
                "'one value more of a list that grows'|{'enum':['a'],'x-grows':true}|{'enum':['a','b'],'x-grows':true}|"
                        + BREAKS_NOBODY,
                "'one value less of a list that grows'|{'enum':['a','b'],'x-grows':true}|{'enum':['a'],'x-grows':true}|"
                        + BREAKS_SENDERS,
                "'a list that may grow from now on'|{'enum':['a']}|{'enum':['a','b'],'x-grows':true}|" + BREAKS_READERS,
                "'null among the values'|{'enum':['a']}|{'enum':['a',null]}|" + BREAKS_READERS,
                "'a list where anything was'|{'type':'string'}|{'enum':['a']}|" + BREAKS_SENDERS,
                "'anything where a list was'|{'type':'string','enum':['a']}|{'type':'string'}|" + BREAKS_READERS,
                "'another constant'|{'const':'a'}|{'const':'b'}|" + BREAKS_BOTH,
                "'a higher minimum'|{'minimum':1}|{'minimum':2}|" + BREAKS_SENDERS,
                "'a lower minimum'|{'minimum':1}|{'minimum':0}|" + BREAKS_READERS,
                "'a lower maximum'|{'maximum':100}|{'maximum':99.5}|" + BREAKS_SENDERS,
                "'a higher maximum'|{'maximum':100}|{'maximum':101}|" + BREAKS_READERS,
                "'a higher exclusive minimum'|{'exclusiveMinimum':0}|{'exclusiveMinimum':1}|" + BREAKS_SENDERS,
                "'a lower exclusive maximum'|{'exclusiveMaximum':2}|{'exclusiveMaximum':1}|" + BREAKS_SENDERS,
                "'a maximum where none was'|{}|{'maximum':100}|" + BREAKS_SENDERS,
                "'no maximum where one was'|{'maximum':100}|{}|" + BREAKS_READERS,
                "'shorter texts'|{'maxLength':10}|{'maxLength':9}|" + BREAKS_SENDERS,
                "'longer texts'|{'maxLength':10}|{'maxLength':11}|" + BREAKS_READERS,
                "'no empty texts'|{}|{'minLength':1}|" + BREAKS_SENDERS,
                "'a minimum that says nothing'|{}|{'minLength':0}|" + BREAKS_NOBODY,
                "'fewer entries'|{'maxItems':10}|{'maxItems':9}|" + BREAKS_SENDERS,
                "'more entries at least'|{'minItems':1}|{'minItems':2}|" + BREAKS_SENDERS,
                "'fewer keys'|{'maxProperties':10}|{'maxProperties':9}|" + BREAKS_SENDERS,
                "'more keys at least'|{'minProperties':1}|{'minProperties':2}|" + BREAKS_SENDERS,
                "'coarser numbers'|{'multipleOf':0.01}|{'multipleOf':0.1}|" + BREAKS_SENDERS,
                "'finer numbers'|{'multipleOf':0.1}|{'multipleOf':0.01}|" + BREAKS_READERS,
                "'no entry twice'|{'type':'array'}|{'type':'array','uniqueItems':true}|" + BREAKS_SENDERS,
                "'an entry may come twice'|{'uniqueItems':true}|{'uniqueItems':false}|" + BREAKS_READERS,
                "'another pattern'|{'pattern':'^a'}|{'pattern':'^b'}|" + BREAKS_BOTH,
                "'a pattern where none was'|{}|{'pattern':'^b'}|" + BREAKS_SENDERS,
                "'no pattern where one was'|{'pattern':'^a'}|{}|" + BREAKS_READERS,
                "'another format'|{'format':'date-time'}|{'format':'date'}|" + BREAKS_BOTH,
                "'another default'|{'default':1}|{'default':2}|" + BREAKS_BOTH,
                "'a default is told'|{}|{'default':2}|" + BREAKS_NOBODY,
                "'no unknown keys'|{'type':'object'}|{'type':'object','additionalProperties':false}|" + BREAKS_SENDERS,
                "'unknown keys'|{'additionalProperties':false}|{}|" + BREAKS_READERS,
                "'other values of a map'|{'additionalProperties':{'type':'string'}}|{'additionalProperties':{'type':'number'}}|"
                        + BREAKS_BOTH,
                "'a map of some values where any were'|{}|{'additionalProperties':{'type':'number'}}|" + BREAKS_SENDERS,
                "'shorter names'|{'propertyNames':{'maxLength':9}}|{'propertyNames':{'maxLength':8}}|" + BREAKS_SENDERS,
                "'other entries'|{'items':{'type':'string'}}|{'items':{'type':'number'}}|" + BREAKS_BOTH,
                "'any entries where some were'|{'items':{'type':'string'}}|{}|" + BREAKS_READERS,
                "'deep inside'|{'properties':{'a':{'items':{'properties':{'b':{'maximum':9}}}}}}|{'properties':{'a':{'items':{'properties':{'b':{'maximum':8}}}}}}|"
                        + BREAKS_SENDERS,
                "'one alternative less'|{'oneOf':[{'required':['a']},{'required':['b']}]}|{'oneOf':[{'required':['a']}]}|"
                        + BREAKS_SENDERS,
                "'one alternative more'|{'oneOf':[{'required':['a']}]}|{'oneOf':[{'required':['a']},{'required':['b']}]}|"
                        + BREAKS_READERS,
                "'an alternative has another title'|{'oneOf':[{'title':'x','required':['a']}]}|{'oneOf':[{'title':'y','required':['a']}]}|"
                        + BREAKS_NOBODY,
                "'alternatives where none were'|{}|{'anyOf':[{'required':['a']}]}|" + BREAKS_SENDERS,
                "'no alternatives where some were'|{'anyOf':[{'required':['a']}]}|{}|" + BREAKS_READERS,
                "'one condition more'|{'allOf':[]}|{'allOf':[{'if':{'required':['a']},'then':{'required':['b']}}]}|"
                        + BREAKS_SENDERS,
                "'one condition less'|{'allOf':[{'if':{'required':['a']},'then':{'required':['b']}}]}|{}|"
                        + BREAKS_READERS,
                "'a condition of what is new'|{'properties':{'t':{'enum':['a'],'x-grows':true}}}|{'properties':{'t':{'enum':['a','b'],'x-grows':true}},'allOf':[{'if':{'properties':{'t':{'const':'b'}}},'then':{'required':['c']}}]}|"
                        + BREAKS_NOBODY,
                "'a condition of what was there'|{'properties':{'t':{'enum':['a']}}}|{'properties':{'t':{'enum':['a']}},'allOf':[{'if':{'properties':{'t':{'const':'a'}}},'then':{'required':['c']}}]}|"
                        + BREAKS_SENDERS,
                "'more follows from a condition'|{'if':{'required':['a']},'then':{'required':['b']}}|{'if':{'required':['a']},'then':{'required':['b','c']}}|"
                        + BREAKS_SENDERS,
                "'another condition'|{'if':{'required':['a']},'then':{'required':['b']}}|{'if':{'required':['c']},'then':{'required':['b']}}|"
                        + BREAKS_BOTH,
                "'not that any more'|{}|{'not':{'required':['a']}}|" + BREAKS_SENDERS,
                "'that needs this'|{}|{'dependentRequired':{'a':['b']}}|" + BREAKS_SENDERS,
                "'a keyword that nobody knows here'|{}|{'unheardOf':1}|" + BREAKS_SENDERS,
                "'a keyword that nobody knows here, in another way'|{'unheardOf':1}|{'unheardOf':2}|" + BREAKS_BOTH,
                "'behind a reference'|{'$ref':'#/$defs/x','$defs':{'x':{'maximum':9}}}|{'$ref':'#/$defs/x','$defs':{'x':{'maximum':8}}}|"
                        + BREAKS_SENDERS,
                "'beside a reference'|{'$ref':'#/$defs/x','maximum':9,'$defs':{'x':{'type':'number'}}}|{'$ref':'#/$defs/x','maximum':8,'$defs':{'x':{'type':'number'}}}|"
                        + BREAKS_SENDERS,
                "'the same behind another reference'|{'$ref':'#/$defs/x','$defs':{'x':{'maximum':9}}}|{'$ref':'#/$defs/y','$defs':{'y':{'maximum':9}}}|"
                        + BREAKS_NOBODY,
                "'other words'|{'title':'a','description':'b','examples':[1],'$id':'c'}|{'title':'d','description':'e','examples':[2],'$id':'f'}|"
                        + BREAKS_NOBODY
            })
    void aDifferenceBreaksWhomItBreaks(String what, String before, String now, String broken) throws Exception {
        // given
        var released = json(before);
        var current = json(now);
        // then
        for (var view : View.values()) {
            var breaks = SchemaBreaks.between(released, current, view);
            assertThat(breaks.isEmpty())
                    .as("%s, seen by a %s: %s", what, view, breaks)
                    .isEqualTo(broken == null || !broken.contains(view.name()));
        }
    }

    @Test
    void aBreakSaysWhereItIsAndWhatItWas() throws Exception {
        // given
        var before = json("{'properties':{'targets':{'items':{'properties':{'name':{'maxLength':253}}}}}}");
        var now = json("{'properties':{'targets':{'items':{'properties':{'name':{'maxLength':63}}}}}}");
        // then
        assertThat(SchemaBreaks.between(before, now, View.SENDER))
                .containsExactly(new Break("/targets/*/name", "maxLength: 253 before, 63 now"));
    }

    @Test
    void aSchemaThatRefersToItselfIsComparedToItsEnd() throws Exception {
        // given
        var before = json(
                "{'$ref':'#/$defs/n','$defs':{'n':{'properties':{'next':{'$ref':'#/$defs/n'},'v':{'maximum':9}}}}}");
        var now = json(
                "{'$ref':'#/$defs/n','$defs':{'n':{'properties':{'next':{'$ref':'#/$defs/n'},'v':{'maximum':8}}}}}");
        // then
        assertThat(SchemaBreaks.between(before, now, View.SENDER))
                .extracting(Break::at)
                .containsExactly("/next/v");
    }

    @Test
    void theSameBreaksNobody() throws Exception {
        for (var word : List.of("rollout-file", "command", "status", "analysis-set")) {
            var schema = Json.mapper()
                    .readTree(
                            SchemaBreaksTest.class.getResourceAsStream("/dev/sluice/schemas/" + word + ".schema.json"));
            for (var view : View.values()) {
                assertThat(SchemaBreaks.between(schema, schema.deepCopy(), view))
                        .isEmpty();
            }
        }
    }

    private static JsonNode json(String text) throws Exception {
        return Json.mapper().readTree(text.replace('\'', '"'));
    }
}
