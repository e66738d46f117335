package dev.sluice.telemetry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;

/** One JSON object per line. What a line is about (its MDC) stands beside what it says, under the keys that all services share. */
final class JsonLines extends ExtFormatter {
    private final ObjectMapper mapper = new ObjectMapper();

    @Override
    public String format(ExtLogRecord line) {
        var fields = new LinkedHashMap<String, Object>(line.getMdcCopy());
        // what a line is about never takes the place of what it says
        fields.put("time", line.getInstant().toString());
        fields.put("level", line.getLevel().getName());
        fields.put("logger", line.getLoggerName());
        fields.put("thread", line.getThreadName());
        fields.put("message", formatMessage(line));
        if (line.getThrown() != null) {
            var stack = new StringWriter();
            line.getThrown().printStackTrace(new PrintWriter(stack));
            fields.put("error", stack.toString());
        }
        try {
            return mapper.writeValueAsString(fields) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of texts can always be written", e);
        }
    }
}
