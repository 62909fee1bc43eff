package io.sluice.embedded;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The layout of the data folder of the embedded services. */
record DataFolder(Path root) {

    /**
     * Opens the folder and creates it if necessary, readable by its owner only.
     *
     * @throws EmbeddedServicesException if the folder cannot be created or written
     */
    static DataFolder open(Path path) {
        try {
            if (!Files.isDirectory(path)) {
                createPrivately(path);
            }
            // Resolves links: leftover processes are recognised by the path of their executable.
            DataFolder folder = new DataFolder(path.toRealPath());
            Files.delete(Files.createTempFile(folder.root, "write", ".test"));
            return folder;
        } catch (FileAlreadyExistsException e) {
            throw unusable(path, "it is not a folder", e);
        } catch (IOException e) {
            throw unusable(path, e.toString(), e);
        }
    }

    private static EmbeddedServicesException unusable(Path path, String reason, IOException cause) {
        return new EmbeddedServicesException(
                "the data folder %s cannot be used (%s); set SLUICE_DATA_DIR to another one"
                        .formatted(path.toAbsolutePath().normalize(), reason),
                cause);
    }

    private static void createPrivately(Path path) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(path,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(path);
        }
    }

    Path lock() {
        return root.resolve("sluice.lock");
    }

    Path endpoints() {
        return root.resolve("services.properties");
    }

    Path postgres() {
        return root.resolve("postgres");
    }

    Path postgresBinaries() {
        return root.resolve("postgres-binaries");
    }

    Path postgresLog() {
        return root.resolve("postgres.log");
    }

    Path broker() {
        return root.resolve("broker");
    }
}
