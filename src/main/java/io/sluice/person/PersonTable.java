package io.sluice.person;

import java.util.List;
import java.util.stream.StreamSupport;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.sluice.audit.AuditAction;
import io.sluice.audit.AuditLog;
import io.sluice.audit.Change;
import io.sluice.audit.Requester;
import io.sluice.order.Email;
import io.sluice.store.Rows;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;

/** What the database has of a person beside the orders. */
@ApplicationScoped
class PersonTable {
    private static final int PAGE = 200;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Pool pool;
    private final AuditLog audit;

    PersonTable(Pool pool, AuditLog audit) {
        this.pool = pool;
        this.audit = audit;
    }

    /** An order as it was fetched from a marketplace, which could not be accepted. */
    record FetchedOrder(long id, String marketplace, JsonNode order) {
        private boolean names(Email email) {
            return hasText(order, email);
        }

        /** Wherever it is: the order may not have the form that was expected. */
        private static boolean hasText(JsonNode node, Email email) {
            return node.isTextual()
                    ? email.is(node.textValue())
                    : StreamSupport.stream(node.spliterator(), false).anyMatch(part -> hasText(part, email));
        }
    }

    /**
     * @param found those with the address
     * @param last  the id of the last one that was looked at; null at the end
     */
    record FetchedOrders(List<FetchedOrder> found, Long last) {}

    /** Looks at the next fetched orders with a problem. There are few: a person settles each. */
    Uni<FetchedOrders> fetched(Email email, long after) {
        return pool.preparedQuery("""
                /* fetched orders of a person */
                select id, marketplace, content from import_problem
                where id > $1 and content is not null order by id limit $2
                """).execute(Tuple.of(after, PAGE)).map(rows -> {
            List<FetchedOrder> all = Rows.all(rows,
                    row -> new FetchedOrder(row.getLong(0), row.getString(1), tree(row.getString(2))));
            return new FetchedOrders(all.stream().filter(order -> order.names(email)).toList(),
                    all.size() < PAGE ? null : all.get(all.size() - 1).id());
        });
    }

    /** The problem itself stays, with the order's number. */
    Uni<Void> forget(List<FetchedOrder> fetched) {
        return fetched.isEmpty()
                ? Uni.createFrom().voidItem()
                : pool.preparedQuery("update import_problem set content = null where id = any($1)")
                        .execute(Tuple.of(fetched.stream().map(FetchedOrder::id).toArray(Long[]::new)))
                        .replaceWithVoid();
    }

    /** Records who erases the person. Workers then rewrite their archives. */
    Uni<Void> record(Email email, Requester by) {
        return pool.withTransaction(transaction -> transaction.preparedQuery("""
                /* record erasure of a person */
                insert into person_erasure (email_hash) values ($1) returning id
                """)
                .execute(Tuple.of(Buffer.buffer(email.hash())))
                .chain(rows -> audit.record(transaction, by, AuditAction.PERSON_ERASE,
                        rows.iterator().next().getLong(0), Change.UNSAID)));
    }

    /** Records who was told what is stored about a person. The audit outlives the person's data, so it does not say whom. */
    Uni<Void> recordExport(Requester by) {
        return audit.record(pool, by, AuditAction.PERSON_EXPORT, "person", Change.UNSAID);
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
