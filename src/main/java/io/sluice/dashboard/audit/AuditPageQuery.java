package io.sluice.dashboard.audit;

import java.time.Instant;

import io.sluice.audit.AuditQuery;
import io.sluice.dashboard.InvalidAddressException;
import io.sluice.dashboard.UtcField;

/** The query parameters of the page, not yet validated. */
public class AuditPageQuery extends AuditQuery {

    @Override
    protected Instant moment(String name, String value) {
        return super.moment(name, UtcField.withZone(value));
    }

    /** @throws InvalidAddressException if a parameter is invalid */
    AuditAddress address(String cursor) {
        return InvalidAddressException
                .insteadOfProblem(() -> new AuditAddress(filter(() -> AuditQuery.cursor(cursor))));
    }
}
