package io.sluice.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import javax.sql.DataSource;

/** Looks for a word in everything that the database has. */
public final class TextSearch {
    private TextSearch() {}

    /** The tables that have the word, of small letters, anywhere in a row: also as bytes. */
    public static List<String> tablesWith(String word, DataSource database) throws SQLException {
        String bytes = HexFormat.of().formatHex(word.getBytes(UTF_8));
        List<String> found = new ArrayList<>();
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery("select table_name from information_schema.tables"
                    + " where table_schema = current_schema() and table_type = 'BASE TABLE'")) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            for (String table : tables) {
                try (ResultSet rows = statement.executeQuery("select exists (select from " + table
                        + " t where lower(t::text) like '%" + word + "%' or t::text like '%" + bytes + "%')")) {
                    rows.next();
                    if (rows.getBoolean(1)) {
                        found.add(table);
                    }
                }
            }
        }
        return found;
    }
}
