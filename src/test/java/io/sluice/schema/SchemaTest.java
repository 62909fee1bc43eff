package io.sluice.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.testing.SluiceServices;

/** Which tables this version uses. {@code UpgradeIT} shows it with processes of two versions. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class SchemaTest {

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;

    @ConfigProperty(name = "quarkus.datasource.username")
    String user;

    private DatabaseLogin login;
    private Schema schema;

    @BeforeEach
    void newDatabase() throws SQLException {
        DatabaseLogin server = new DatabaseLogin(url, user, "");
        execute(server, "drop database if exists schema_test");
        execute(server, "create database schema_test");
        login = new DatabaseLogin(url.replaceFirst("/[^/]*$", "/schema_test"), user, "");
        schema = new Schema(login);
    }

    @Test
    void newDatabase_needsAMigration() throws SQLException {
        assertThat(schema.missing()).contains("the database has no tables yet");
        assertThat(schema.migrate("")).isEqualTo(new Schema.Migrated("1", false));
        assertThat(schema.missing()).isEmpty();
        assertThat(schema.migrate("")).isEqualTo(new Schema.Migrated("1", false));
    }

    @Test
    void restoredDatabase_needsAMigration() throws SQLException {
        schema.migrate("");
        execute(login, "update log_epoch set database = '1/1'");
        assertThat(schema.missing()).contains("the database was restored from a backup");
        assertThat(schema.migrate("")).isEqualTo(new Schema.Migrated("1", true));
        assertThat(schema.missing()).isEmpty();
    }

    @Test
    void newerTables_areUsed_unlessTheySayOtherwise() throws SQLException {
        schema.migrate("");
        execute(login, "insert into flyway_schema_history (installed_rank, version, description, type, script,"
                + " installed_by, execution_time, success) values (7, '7', '', 'SQL', 'V7__later.sql', '', 1, true)");
        assertThat(schema.missing()).isEmpty();
        assertThat(schema.migrate("").version()).isEqualTo("7");

        execute(login, "update schema_compatibility set oldest_compatible = 5");
        String tooOld = "It knows schema version 1; tables of version 7 need at least 5.";
        assertThatThrownBy(schema::missing).isInstanceOf(SchemaException.class).hasMessageContaining(tooOld);
        assertThatThrownBy(() -> schema.migrate("")).isInstanceOf(SchemaException.class).hasMessageContaining(tooOld);
    }

    @Test
    void tablesOfAnotherMigration_areRefused() throws SQLException {
        schema.migrate("");
        execute(login, "update flyway_schema_history set checksum = 5 where version = '1'");
        String foreign = "made by another migration 1 than the one that this version of Sluice has";
        assertThatThrownBy(schema::missing).isInstanceOf(SchemaException.class).hasMessageContaining(foreign);
        assertThatThrownBy(() -> schema.migrate("")).isInstanceOf(SchemaException.class).hasMessageContaining(foreign);
    }

    private static void execute(DatabaseLogin where, String sql) throws SQLException {
        try (Connection connection = where.connect(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
