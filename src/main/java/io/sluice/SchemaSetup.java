package io.sluice;

import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.sluice.schema.PoolerCheck;
import io.sluice.schema.Schema;
import io.sluice.schema.SchemaException;
import io.sluice.store.Pooler;

/** Has the tables of the database ready before the application starts. */
final class SchemaSetup {

    private static final int RETRY_SECONDS = 1;

    private SchemaSetup() {}

    /** Runs the migrations. */
    static Schema.Migrated migrate(Settings settings) {
        return orFail(() -> new Schema(settings.migrationLogin())
                .migrate(settings.text("sluice.database.service-user").orElse("")));
    }

    /**
     * Finds a pooler that the settings do not tell of. One in transaction mode is refused: statements of one process would
     * be executed by another, which is worse than not to start.
     */
    static void findPooler(Settings settings, QuarkusProperties quarkus) {
        if (settings.pooler().isPresent()) {
            return;
        }
        orFail(() -> PoolerCheck.find(settings.serviceLogin())).ifPresent(pooler -> {
            if (pooler == Pooler.TRANSACTION) {
                throw new StartFailure("a connection pooler in transaction mode is between Sluice and PostgreSQL."
                        + " Set SLUICE_DATABASE_POOLER=transaction.");
            }
            quarkus.set("sluice.database.pooler", "session");
        });
    }

    /** Migrates, or waits until another process has done so. Meanwhile, this process is not ready, and says why. */
    static void migrateOrAwait(Settings settings, Consumer<String> progress) {
        if (settings.migrate()) {
            migrate(settings);
            return;
        }
        Schema schema = new Schema(settings.migrationLogin());
        Optional<String> missing = orFail(schema::missing);
        if (missing.isEmpty()) {
            return;
        }
        try (UnreadyServer server = UnreadyServer.start(settings)) {
            String told = "";
            while (missing.isPresent()) {
                if (!told.equals(missing.get())) {
                    told = missing.get();
                    server.show(told);
                    progress.accept("Sluice waits: %s. Run SLUICE_ROLE=migrate. Health at %s"
                            .formatted(told, server.healthUrl()));
                }
                TimeUnit.SECONDS.sleep(RETRY_SECONDS);
                missing = orFail(schema::missing);
            }
        } catch (InterruptedException e) {
            throw new StartFailure("interrupted while waiting for the tables", e);
        }
    }

    private interface Work<T> {
        T run() throws SQLException;
    }

    private static <T> T orFail(Work<T> work) {
        try {
            return work.run();
        } catch (SchemaException e) {
            throw new StartFailure(e.getMessage(), e);
        } catch (SQLException e) {
            // FailureMessage makes one line of it.
            throw new IllegalStateException(e);
        }
    }
}
