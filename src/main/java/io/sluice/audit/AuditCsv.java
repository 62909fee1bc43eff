package io.sluice.audit;

import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.sluice.http.CsvText;

/** Entries of the audit as records of a CSV file. */
@ApplicationScoped
class AuditCsv {
    private final ObjectMapper json;

    AuditCsv(ObjectMapper json) {
        this.json = json;
    }

    /** A column of the CSV file; the values of changes are JSON. */
    private record Column(String name, Function<AuditEntry, Object> value) {}

    private static final List<Column> COLUMNS = List.of(new Column("at", AuditEntry::at),
            new Column("actor", AuditEntry::actor), new Column("actorKind", AuditEntry::actorKind),
            new Column("actorId", AuditEntry::actorId), new Column("address", AuditEntry::address),
            new Column("requestId", AuditEntry::requestId), new Column("action", AuditEntry::action),
            new Column("subject", AuditEntry::subject), new Column("fields", AuditEntry::fields),
            new Column("before", AuditEntry::before), new Column("after", AuditEntry::after));

    static String head() {
        StringWriter text = new StringWriter().append(CsvText.BYTE_ORDER_MARK);
        CsvText.writer(text).writeRecord(COLUMNS.stream().map(Column::name).toList());
        return text.toString();
    }

    String records(List<AuditEntry> entries) {
        StringWriter text = new StringWriter();
        CsvWriter csv = CsvText.writer(text);
        entries.forEach(entry -> csv
                .writeRecord(COLUMNS.stream().map(column -> CsvText.cell(text(column.value().apply(entry)))).toList()));
        return text.toString();
    }

    private String text(Object value) {
        return value == null ? "" : value instanceof List || value instanceof Map ? write(value) : value.toString();
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
