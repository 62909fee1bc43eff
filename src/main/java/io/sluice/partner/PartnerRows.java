package io.sluice.partner;

import java.time.Duration;
import java.util.List;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.runtime.StartupEvent;
import io.sluice.order.Partner;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;

/** Gives every configured partner a row in the database, before anything else asks for it. */
@ApplicationScoped
class PartnerRows {
    private static final int FIRST = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Pool pool;
    private final PartnerDirectory directory;

    PartnerRows(Pool pool, PartnerDirectory directory) {
        this.pool = pool;
        this.directory = directory;
    }

    void insert(@Observes @Priority(FIRST) StartupEvent event) {
        List<Partner> all = directory.all();
        pool.preparedQuery("""
                insert into partner (name, kind) select * from unnest($1::text[], $2::text[])
                on conflict (name) do update set kind = excluded.kind where partner.kind <> excluded.kind
                """)
                .execute(Tuple.tuple()
                        .addArrayOfString(all.stream().map(Partner::name).toArray(String[]::new))
                        .addArrayOfString(
                                all.stream().map(partner -> partner.kind().wireName()).toArray(String[]::new)))
                .await()
                .atMost(PATIENCE);
    }
}
