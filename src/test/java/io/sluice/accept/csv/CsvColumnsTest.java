package io.sluice.accept.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

/** docs/orders.md describes the columns that there are. */
class CsvColumnsTest {
    @Test
    void everyColumn_isDescribed() throws IOException {
        List<String> table = Files.readAllLines(Path.of("docs/orders.md"))
                .stream()
                .dropWhile(line -> !line.startsWith("| column | also called"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .toList();

        List<CsvColumns.Column> columns = new CsvColumns().all();
        assertThat(table).hasSameSizeAs(columns);
        for (int i = 0; i < table.size(); i++) {
            CsvColumns.Column column = columns.get(i);
            assertThat(table.get(i)).startsWith("| `" + column.name() + "` | " + column.otherNames());
            assertThat(table.get(i).endsWith("; required |")).as(table.get(i)).isEqualTo(column.required());
        }
    }
}
