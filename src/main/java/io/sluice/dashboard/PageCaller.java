package io.sluice.dashboard;

import java.util.Set;

import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.sluice.access.AccessMode;
import io.sluice.access.Caller;
import io.sluice.access.Maskable;
import io.sluice.access.Permission;
import io.sluice.access.UserRole;

/** Who looks at a page. Pages show only what their reader may press. */
@Singleton
@Named("caller")
public class PageCaller {
    /**
     * Whom live updates are rendered for, once for all open pages: style sheets hide buttons on pages of others, and pages
     * that must not show people are told to fetch what has changed instead.
     */
    private static final Caller LIVE = new Caller(Caller.Kind.UNKNOWN, "", "", UserRole.OPERATOR.permissions(),
            Set.of());

    private final CurrentVertxRequest request;
    private final AccessMode mode;

    @Inject
    PageCaller(CurrentVertxRequest request, AccessMode mode) {
        this.request = request;
        this.mode = mode;
    }

    /** Empty if it is not known. */
    public String name() {
        return caller().name();
    }

    /** Whether callers are told apart, so that programs need keys. */
    public boolean needsLogin() {
        return mode != AccessMode.NONE;
    }

    /** Whether there is a login of ours, and the reader has not gone through it. */
    public boolean logsIn() {
        return mode == AccessMode.OIDC && caller().kind() == Caller.Kind.UNKNOWN;
    }

    public boolean logsOut() {
        return mode == AccessMode.OIDC && caller().kind() == Caller.Kind.USER;
    }

    public boolean views() {
        return caller().may(Permission.VIEW);
    }

    public boolean submits() {
        return caller().may(Permission.SUBMIT);
    }

    public boolean cancels() {
        return caller().may(Permission.CANCEL);
    }

    public boolean operates() {
        return caller().may(Permission.OPERATE);
    }

    public boolean administers() {
        return caller().may(Permission.ADMINISTER);
    }

    /** What the reader may see of it. */
    public <T extends Maskable<T>> T shown(T whole) {
        return whole == null || caller().may(Permission.PERSONAL) ? whole : whole.masked();
    }

    public boolean seesPeople() {
        return caller().may(Permission.PERSONAL);
    }

    private Caller caller() {
        boolean asked = Arc.container().requestContext().isActive() && request.getCurrent() != null;
        return asked ? Caller.of(request.getCurrent()) : LIVE;
    }
}
