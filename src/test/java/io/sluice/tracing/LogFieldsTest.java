package io.sluice.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;

class LogFieldsTest {
    private final FieldsAtTheEnd formatter = new FieldsAtTheEnd(new PatternFormatter("%p %s%e%n"));

    @Test
    void line_endsWithItsFields() {
        try (LogFields about = LogFields.order("0192f0c4").with("step", "create-shipment").with("batchId", null)) {
            assertThat(line(null)).isEqualTo("WARN It was refused {orderId=0192f0c4, step=create-shipment}\n");
        }
    }

    @Test
    void lineWithoutFields_isAsEver() {
        LogFields.order("0192f0c4").close();
        assertThat(line(null)).isEqualTo("WARN It was refused\n");
    }

    @Test
    void stackTrace_followsTheFields() {
        try (LogFields about = LogFields.order("0192f0c4")
                .trace("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")) {
            assertThat(line(new IllegalStateException("bug"))).startsWith("""
                    WARN It was refused: java.lang.IllegalStateException: bug \
                    {orderId=0192f0c4, traceId=0af7651916cd43dd8448eb211c80319c}
                    \tat""");
        }
    }

    private String line(Throwable thrown) {
        ExtLogRecord line = new ExtLogRecord(Level.WARN, "It was refused", getClass().getName());
        line.setThrown(thrown);
        line.copyMdc();
        return formatter.format(line);
    }
}
