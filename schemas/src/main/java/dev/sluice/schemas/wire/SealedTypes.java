package dev.sluice.schemas.wire;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lets every sealed interface of ours be stored as JSON and read back, without an annotation on any of its cases: a case
 * carries {@code "type"}, its simple name beginning in lower case. Renaming a case changes what is stored.
 */
public final class SealedTypes extends SimpleModule {
    private static final long serialVersionUID = 1L;
    private static final String OURS = "dev.sluice.";
    private static final String TYPE = "type";

    @Override
    public void setupModule(SetupContext context) {
        super.setupModule(context);
        context.insertAnnotationIntrospector(new Introspector());
    }

    private static final class Introspector extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public JsonTypeInfo.Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
            return annotated instanceof AnnotatedClass && belongsToSealed(annotated.getRawType())
                    ? JsonTypeInfo.Value.construct(
                            JsonTypeInfo.Id.NAME, JsonTypeInfo.As.PROPERTY, TYPE, null, false, true)
                    : super.findPolymorphicTypeInfo(config, annotated);
        }

        @Override
        public List<NamedType> findSubtypes(Annotated annotated) {
            var raw = annotated.getRawType();
            return isOurSealed(raw) ? cases(raw) : super.findSubtypes(annotated);
        }

        @Override
        public String findTypeName(AnnotatedClass annotated) {
            var raw = annotated.getRawType();
            return belongsToSealed(raw) && !raw.isInterface() ? nameOf(raw) : super.findTypeName(annotated);
        }
    }

    private static boolean isOurSealed(Class<?> type) {
        return type.isSealed() && type.isInterface() && type.getName().startsWith(OURS);
    }

    private static boolean belongsToSealed(Class<?> type) {
        // an enum constant is its own name already
        return !type.isEnum()
                && (isOurSealed(type) || Arrays.stream(type.getInterfaces()).anyMatch(SealedTypes::belongsToSealed));
    }

    private static List<NamedType> cases(Class<?> sealed) {
        var byName = new TreeMap<String, Class<?>>();
        collect(sealed, byName);
        var cases = new ArrayList<NamedType>();
        byName.forEach((name, type) -> cases.add(new NamedType(type, name)));
        return cases;
    }

    private static void collect(Class<?> sealed, Map<String, Class<?>> byName) {
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            if (isOurSealed(permitted)) {
                collect(permitted, byName);
            } else {
                refuseOwnTypeComponent(permitted);
                var other = byName.put(nameOf(permitted), permitted);
                if (other != null && other != permitted) {
                    throw new IllegalStateException(
                            "two cases of one sealed type have one name: " + other + " and " + permitted);
                }
            }
        }
    }

    private static void refuseOwnTypeComponent(Class<?> type) {
        if (type.isRecord()
                && Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getName)
                        .anyMatch(TYPE::equals)) {
            throw new IllegalStateException(
                    type + " has a component `type`, which is where its case's name is written");
        }
    }

    private static String nameOf(Class<?> type) {
        var simple = type.getSimpleName();
        return Character.toLowerCase(simple.charAt(0)) + simple.substring(1);
    }
}
