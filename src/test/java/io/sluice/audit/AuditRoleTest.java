package io.sluice.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.sluice.testing.SeveralPartners;
import io.sluice.testing.SluiceServices;

/** What the role of the service, and the owner of the tables, may do to the audit; in a database of its own. */
@QuarkusTest
@TestProfile(SeveralPartners.class)
@QuarkusTestResource(SluiceServices.class)
class AuditRoleTest {
    private static final String ROLE = "audit_service";
    private static final String DATABASE = "audit_rights";
    private static final String NEW = "('ada', 'user', 'order.retry', '1')";
    private static final String NO_RIGHT = "42501";

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;
    @ConfigProperty(name = "quarkus.datasource.username")
    String user;

    private Connection server;
    private Connection owner;
    private Connection service;

    @BeforeEach
    void databaseAndRole() throws SQLException {
        server = DriverManager.getConnection(url, user, "");
        run(server, "create database " + DATABASE);
        run(server, "create role " + ROLE + " login password 'change-me'");
        String address = url.substring(0, url.lastIndexOf('/')) + "/" + DATABASE;
        Flyway.configure()
                .dataSource(address, user, "")
                .placeholders(Map.of("service_user", ROLE))
                .load()
                .migrate();
        owner = DriverManager.getConnection(address, user, "");
        service = DriverManager.getConnection(address, ROLE, "change-me");
        run(owner, "insert into audit (at, actor, actor_kind, action, subject) values "
                + "(now() - interval '31 days', 'ada', 'user', 'order.retry', '1'),"
                + "(now() - interval '29 days', 'ada', 'user', 'order.retry', '1')");
    }

    @AfterEach
    void gone() throws SQLException {
        service.close();
        run(owner, "drop owned by " + ROLE);
        owner.close();
        run(server, "drop database " + DATABASE + " with (force)");
        run(server, "drop role " + ROLE);
        server.close();
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }

    @Test
    void service_addsAndReads() throws SQLException {
        run(service, "insert into audit (actor, actor_kind, action, subject) values " + NEW);
        assertThat(number(service, "select count(*) from audit")).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"update audit set actor = 'eve'", "delete from audit", "truncate audit",
            "alter table audit disable trigger all", "drop table audit",
            "insert into audit (at, actor, actor_kind, action, subject) values (now(), 'a', 'user', 'order.retry', '1')",
            "create or replace function audit_is_append_only() returns trigger language plpgsql as 'begin return old; end'"})
    void service_changesNothing(String sql) {
        assertThatThrownBy(() -> run(service, sql)).isInstanceOfSatisfying(SQLException.class,
                refused -> assertThat(refused.getSQLState()).isEqualTo(NO_RIGHT));
    }

    /** With the embedded services, the service is the owner. */
    @ParameterizedTest
    @ValueSource(strings = {"update audit set actor = 'eve'", "delete from audit", "truncate audit"})
    void owner_changesNothingByMistake(String sql) {
        assertThatThrownBy(() -> run(owner, sql)).isInstanceOfSatisfying(SQLException.class,
                refused -> assertThat(refused.getSQLState()).isEqualTo(NO_RIGHT));
    }

    @Test
    void service_removesOnlyWhatIsOlderThan30Days() throws SQLException {
        assertThat(number(service, "select remove_old_audit(now() - interval '40 days', 100)")).isZero();
        assertThat(number(service, "select remove_old_audit(now(), 100)")).isOne();
        assertThat(number(service, "select count(*) from audit")).isOne();
        assertThatCode(() -> run(service, "insert into audit (actor, actor_kind, action, subject) values " + NEW))
                .doesNotThrowAnyException();
    }
}
