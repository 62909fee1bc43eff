package io.sluice.dashboard;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;

import io.sluice.http.UserHeader;

/** The user who sent a form. */
@ApplicationScoped
public class FormUser {
    /** Recorded if the request names no user. */
    private static final String DASHBOARD = "dashboard";

    private final UserHeader header;

    FormUser(UserHeader header) {
        this.header = header;
    }

    public String of(HttpHeaders headers) {
        return header.nameIn(headers, DASHBOARD);
    }
}
