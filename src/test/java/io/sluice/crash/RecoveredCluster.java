package io.sluice.crash;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;

/**
 * What {@code pg_basebackup} and an archive of the write-ahead log do: a copy of the files of the running cluster, and
 * recovery to a restore point.
 */
final class RecoveredCluster implements Backup {
    private final Path from;
    private final Path to;
    private final Path archive;

    RecoveredCluster(Path from, Path to) {
        this.from = from.resolve("data/postgres");
        this.to = to.resolve("data/postgres");
        this.archive = to.resolve("archive");
    }

    @Override
    public void begin() throws SQLException, IOException {
        try (EmbeddedDatabase database = new EmbeddedDatabase(from.getParent().getParent())) {
            database.execute("select pg_backup_start('test', true)");
            Files.createDirectories(to.getParent());
            copy(from, to);
            Files.delete(to.resolve("postmaster.pid"));
            Files.writeString(to.resolve("backup_label"),
                    database.texts("select labelfile from pg_backup_stop()").get(0));
        }
    }

    @Override
    public void take() throws SQLException, IOException {
        try (EmbeddedDatabase database = new EmbeddedDatabase(from.getParent().getParent())) {
            database.execute("select pg_create_restore_point('backup')");
            database.execute("select pg_switch_wal()");
            copy(from.resolve("pg_wal"), archive);
        }
    }

    @Override
    public void restore() throws IOException {
        Files.writeString(to.resolve("postgresql.auto.conf"), """
                restore_command = 'cp "%s/%%f" "%%p"'
                recovery_target_name = 'backup'
                recovery_target_action = 'promote'
                hot_standby = off
                """.formatted(archive), StandardOpenOption.APPEND);
        Files.createFile(to.resolve("recovery.signal"));
    }

    /** Files may vanish meanwhile. */
    private static void copy(Path source, Path target) throws IOException {
        Files.walkFileTree(source, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.copy(folder, counterpart(folder), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                try {
                    Files.copy(file, counterpart(file), StandardCopyOption.COPY_ATTRIBUTES);
                } catch (NoSuchFileException vanished) {
                    return visitFileFailed(file, vanished);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            private Path counterpart(Path path) {
                return target.resolve(source.relativize(path).toString());
            }
        });
    }
}
