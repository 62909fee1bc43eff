package io.sluice.schema;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;

/**
 * The tables of a database, compared with the migrations of this version. Newer tables are fine, unless they say that
 * this version is too old for them (docs/decisions/0027-upgrades.md).
 */
public final class Schema {

    private final DatabaseLogin login;

    public Schema(DatabaseLogin login) {
        this.login = login;
    }

    /**
     * What a migration found and made.
     *
     * @param version  of the tables
     * @param restored whether the tables had been restored from a backup, or a replica had taken over, so that their log
     *                 begins a new epoch
     */
    public record Migrated(String version, boolean restored) {}

    /**
     * Brings the tables up to date. Processes that do this at the same time wait for one another.
     *
     * @param serviceUser the role that may use the tables and not change them; empty: only their owner may
     * @throws SchemaException if this version must not use the tables
     */
    public Migrated migrate(String serviceUser) throws SQLException {
        Flyway flyway = flyway(serviceUser);
        refuseForeign(flyway.info());
        int epochs = Integer.MAX_VALUE;
        if (hasTables()) {
            refuseTooNew(flyway.info());
            epochs = epochs();
        }
        flyway.migrate();
        return new Migrated(flyway.info().current().getVersion().toString(), epochs() > epochs);
    }

    /**
     * Why the tables cannot be used before they are migrated; empty if they can.
     *
     * @throws SchemaException if this version must not use the tables
     */
    public Optional<String> missing() throws SQLException {
        if (!hasTables()) {
            return Optional.of("the database has no tables yet");
        }
        MigrationInfoService migrations = flyway("").info();
        refuseForeign(migrations);
        refuseTooNew(migrations);
        if (migrations.pending().length > 0) {
            return Optional.of("the tables have schema version %s, and this version of Sluice needs %d"
                    .formatted(migrations.current().getVersion(), known(migrations)));
        }
        return isRestored() ? Optional.of("the database was restored from a backup") : Optional.empty();
    }

    private Flyway flyway(String serviceUser) {
        return Flyway.configure(Schema.class.getClassLoader())
                .dataSource(login.url(), login.user(), login.password())
                .ignoreMigrationPatterns("*:future")
                // A lock of the session. For the end of one of a transaction, CREATE INDEX CONCURRENTLY would wait; but a
                // pooler that shares sessions would take and release the other in different ones.
                .configuration(Map.of("flyway.postgresql.transactional.lock", Boolean.toString(login.sharesSessions())))
                .placeholders(Map.of("service_user", serviceUser.replace("'", "''")))
                .load();
    }

    private boolean hasTables() throws SQLException {
        return answer("select to_regclass('schema_compatibility') is not null", row -> row.getBoolean(1));
    }

    private int epochs() throws SQLException {
        return answer("select count(*) from log_epoch", row -> row.getInt(1));
    }

    private boolean isRestored() throws SQLException {
        return answer("select not log_is_of_this_database()", row -> row.getBoolean(1));
    }

    private void refuseTooNew(MigrationInfoService migrations) throws SQLException {
        int oldest = answer("select oldest_compatible from schema_compatibility", row -> row.getInt(1));
        int known = known(migrations);
        if (known < oldest) {
            throw new SchemaException(
                    ("this version of Sluice is too old for the tables of the database. It knows schema"
                            + " version %d; tables of version %s need at least %d. Start the newer version of Sluice, or restore a"
                            + " backup from before its upgrade.")
                            .formatted(known, migrations.current().getVersion(), oldest));
        }
    }

    /** Migrations are never changed. Flyway would suggest to take the changed one for the one that has run. */
    private static void refuseForeign(MigrationInfoService migrations) {
        String changed = Arrays.stream(migrations.all())
                .filter(migration -> migration.getState() == MigrationState.SUCCESS
                        && !migration.isChecksumMatching())
                .map(migration -> migration.getVersion().toString())
                .collect(Collectors.joining(", "));
        if (!changed.isEmpty()) {
            throw new SchemaException(
                    ("the tables of the database were made by another migration %s than the one that this"
                            + " version of Sluice has. Use a new database, or a released version of Sluice.")
                            .formatted(changed));
        }
    }

    /** The version of the newest migration that this version of Sluice has. */
    private static int known(MigrationInfoService migrations) {
        return Arrays.stream(migrations.all())
                .filter(migration -> migration.getState().isResolved())
                .map(MigrationInfo::getVersion)
                .mapToInt(version -> version.getMajor().intValueExact())
                .max()
                .orElseThrow();
    }

    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> T answer(String query, RowReader<T> reader) throws SQLException {
        try (Connection connection = login.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return reader.read(rows);
        }
    }
}
