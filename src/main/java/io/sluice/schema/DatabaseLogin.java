package io.sluice.schema;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * Where the database is, and who this process is there.
 *
 * @param url            for JDBC
 * @param user           null: as the URL or the operating system says
 * @param password       null: none
 * @param sharesSessions whether a pooler is in between that may change the session with each transaction
 */
public record DatabaseLogin(String url, String user, String password, boolean sharesSessions) {

    public DatabaseLogin(String url, String user, String password) {
        this(url, user, password, false);
    }

    Connection connect() throws SQLException {
        return user == null ? DriverManager.getConnection(url) : DriverManager.getConnection(url, user, password);
    }
}
