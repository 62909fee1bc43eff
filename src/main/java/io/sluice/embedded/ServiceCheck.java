package io.sluice.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;

import org.postgresql.ds.PGSimpleDataSource;

/** Verifies that the services answer. An open port is not enough. */
final class ServiceCheck {

    private static final int TIMEOUT_SECONDS = 3;
    /** The protocol header of AMQP 1.0 without SASL, section 2.2 of the transport specification. */
    private static final byte[] AMQP_HEADER = "AMQP\0\1\0\0".getBytes(ISO_8859_1);

    private ServiceCheck() {}

    /** Whether a PostgreSQL server with the given data directory answers on the port. */
    static boolean postgresAnswers(int port, Path dataDirectory) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[]{LoopbackPorts.HOST});
        source.setPortNumbers(new int[]{port});
        source.setDatabaseName(PostgresServer.DATABASE);
        source.setUser(PostgresServer.USER);
        source.setLoginTimeout(TIMEOUT_SECONDS);
        source.setSocketTimeout(TIMEOUT_SECONDS);
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("show data_directory")) {
            return result.next() && Path.of(result.getString(1)).equals(dataDirectory);
        } catch (SQLException e) {
            return false;
        }
    }

    /** Whether an AMQP 1.0 server answers on the port. */
    static boolean brokerAnswers(int port) {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(TIMEOUT_SECONDS * 1000);
            socket.connect(new InetSocketAddress(LoopbackPorts.HOST, port), TIMEOUT_SECONDS * 1000);
            socket.getOutputStream().write(AMQP_HEADER);
            byte[] answer = socket.getInputStream().readNBytes(AMQP_HEADER.length);
            return Arrays.equals(answer, AMQP_HEADER);
        } catch (IOException e) {
            return false;
        }
    }
}
