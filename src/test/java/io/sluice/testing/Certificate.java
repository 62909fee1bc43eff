package io.sluice.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/**
 * A self-signed certificate of this machine's loopback address.
 *
 * @param pem   the certificate
 * @param key   its private key, as PEM
 * @param store both, as PKCS #12
 */
public record Certificate(Path pem, Path key, Path store) {
    public static final String PASSWORD = "changeit";
    private static final String ALIAS = "server";

    /** Makes one. Two certificates of the same name do not trust each other. */
    public static Certificate in(Path folder) throws IOException, GeneralSecurityException {
        return in(folder, "ip:127.0.0.1,dns:localhost");
    }

    /** Makes one for other names. */
    public static Certificate in(Path folder, String names) throws IOException, GeneralSecurityException {
        Files.createDirectories(folder);
        Path store = folder.resolve("store.p12");
        String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Program.run(folder, "", List.of(keytool, "-genkeypair", "-alias", ALIAS, "-keyalg", "RSA", "-dname",
                "CN=127.0.0.1", "-ext", "san=" + names, "-storetype", "PKCS12", "-keystore", store.toString(),
                "-storepass", PASSWORD)).expectSuccess();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return new Certificate(
                write(folder.resolve("certificate.pem"), "CERTIFICATE", keys.getCertificate(ALIAS).getEncoded()),
                write(folder.resolve("key.pem"), "PRIVATE KEY",
                        keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded()),
                store);
    }

    private static Path write(Path file, String what, byte[] content) throws IOException {
        return Files.writeString(file, "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder().encodeToString(content) + "\n-----END " + what + "-----\n");
    }
}
