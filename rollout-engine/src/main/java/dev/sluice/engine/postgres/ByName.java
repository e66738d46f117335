package dev.sluice.engine.postgres;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.ser.ContextualSerializer;
import com.fasterxml.jackson.databind.ser.ResolvableSerializer;
import java.io.IOException;

/** Writes parts of a plan by their names and finds them again; what has no name is written, and read, as it is. */
final class ByName extends SimpleModule {
    private static final long serialVersionUID = 1L;
    /** The attribute of a writer or reader that holds the {@link PlanParts}. */
    static final Object PARTS = PlanParts.class;

    ByName() {
        setSerializerModifier(new BeanSerializerModifier() {
            private static final long serialVersionUID = 1L;

            @Override
            public JsonSerializer<?> modifySerializer(
                    SerializationConfig config, BeanDescription type, JsonSerializer<?> whole) {
                return PlanParts.REFERRED_TO.contains(type.getBeanClass()) ? new Writing(whole) : whole;
            }
        });
        setDeserializerModifier(new BeanDeserializerModifier() {
            private static final long serialVersionUID = 1L;

            @Override
            public JsonDeserializer<?> modifyDeserializer(
                    DeserializationConfig config, BeanDescription type, JsonDeserializer<?> whole) {
                return PlanParts.REFERRED_TO.contains(type.getBeanClass()) ? new Reading(whole) : whole;
            }
        });
    }

    private static final class Writing extends JsonSerializer<Object>
            implements ContextualSerializer, ResolvableSerializer {
        private final JsonSerializer<Object> whole;

        @SuppressWarnings("unchecked")
        Writing(JsonSerializer<?> whole) {
            this.whole = (JsonSerializer<Object>) whole;
        }

        @Override
        public void serialize(Object part, JsonGenerator out, SerializerProvider provider) throws IOException {
            var name = ((PlanParts) provider.getAttribute(PARTS)).name(part);
            if (name == null) {
                whole.serialize(part, out, provider);
            } else {
                out.writeString(name);
            }
        }

        @Override
        public JsonSerializer<?> createContextual(SerializerProvider provider, BeanProperty property)
                throws JsonMappingException {
            return whole instanceof ContextualSerializer contextual
                    ? new Writing(contextual.createContextual(provider, property))
                    : this;
        }

        @Override
        public void resolve(SerializerProvider provider) throws JsonMappingException {
            if (whole instanceof ResolvableSerializer resolvable) {
                resolvable.resolve(provider);
            }
        }
    }

    private static final class Reading extends DelegatingDeserializer {
        private static final long serialVersionUID = 1L;

        Reading(JsonDeserializer<?> whole) {
            super(whole);
        }

        @Override
        protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> other) {
            return new Reading(other);
        }

        @Override
        public Object deserialize(JsonParser in, DeserializationContext context) throws IOException {
            if (!in.hasToken(JsonToken.VALUE_STRING)) {
                return super.deserialize(in, context);
            }
            var part = ((PlanParts) context.getAttribute(PARTS)).part(in.getText());
            return handledType().isInstance(part)
                    ? part
                    : context.reportInputMismatch(this, "the plan has no part %s", in.getText());
        }
    }
}
