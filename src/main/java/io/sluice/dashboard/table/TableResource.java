package io.sluice.dashboard.table;

import java.util.List;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.UriInfo;

import org.jboss.resteasy.reactive.RestCookie;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

import io.sluice.dashboard.Banners;
import io.sluice.dashboard.Flash;
import io.sluice.dashboard.Html;
import io.sluice.dashboard.OrderRow;
import io.sluice.dashboard.PageCaller;
import io.sluice.dashboard.batch.BatchChoices;
import io.sluice.dashboard.batch.BatchLookup;
import io.sluice.demo.DemoShop;
import io.sluice.http.HttpPrefix;
import io.sluice.http.NeedsDatabase;
import io.sluice.http.QueryParameters;
import io.sluice.partner.PartnerDirectory;
import io.sluice.store.Orders;
import io.smallrye.mutiny.Uni;

/**
 * The order table: {@code GET /} as a page, {@code GET /dashboard/table} and {@code GET /dashboard/rows} as the
 * fragments that live pages catch up with.
 */
@NeedsDatabase
@Path("/")
@Produces(Html.TYPE)
public class TableResource {
    private final Orders orders;
    private final StatusCounts counts;
    private final Banners banners;
    private final PartnerDirectory directory;
    private final BatchLookup batches;
    private final MatchingOrders matching;
    private final DemoShop demo;
    private final HttpPrefix prefix;
    private final PageCaller caller;

    TableResource(Orders orders, StatusCounts counts, Banners banners, PartnerDirectory directory,
            BatchLookup batches, MatchingOrders matching,
            DemoShop demo, HttpPrefix prefix, PageCaller caller) {
        this.orders = orders;
        this.counts = counts;
        this.banners = banners;
        this.directory = directory;
        this.batches = batches;
        this.matching = matching;
        this.demo = demo;
        this.prefix = prefix;
        this.caller = caller;
    }

    @GET
    public Uni<RestResponse<String>> page(@BeanParam TableQuery query, @RestCookie(Flash.COOKIE) String flash,
            UriInfo uri) {
        return table(query, uri)
                .chain(table -> Uni.combine()
                        .all()
                        .unis(counts.now(), banners.now(), batches.now(), matching(query, table))
                        .asTuple()
                        .chain(all -> Html.ok(
                                TablePages.orders(table, StatusFilter.all(table.address(), all.getItem1()),
                                        demo.open() ? DemoOrderCounts.DEFAULT : null, Flash.of(flash).orElse(null),
                                        all.getItem2(), all.getItem3(), all.getItem4(),
                                        BatchChoices.defaults(directory)),
                                Flash.clearing(flash))));
    }

    @GET
    @Path("dashboard/table")
    public Uni<RestResponse<String>> fragment(@BeanParam TableQuery query, UriInfo uri) {
        return table(query, uri).chain(table -> Html.ok(TablePages.table(table)));
    }

    /** The rows of these orders, for pages that keep their rows in place; unknown ids are left out. */
    @GET
    @Path("dashboard/rows")
    public Uni<RestResponse<String>> rows(@RestQuery List<String> id) {
        return orders.findAll(QueryParameters.ids("id", id))
                .chain(found -> Html
                        .ok(TablePages.rows(OrderRow.of(found.stream().map(caller::shown).toList()), false)));
    }

    private Uni<TableView> table(TableQuery query, UriInfo uri) {
        TableAddress address = query.address();
        String apiUri = uri.getBaseUri().resolve(prefix.base() + "api/orders").toString();
        return orders.page(address.filter(), address.cursor(), TableView.ROWS)
                .map(page -> TableView.of(address, caller.shown(page), query.selectsPage(), demo.open(), apiUri));
    }

    private Uni<SelectAllOffer> matching(TableQuery query, TableView table) {
        return query.selectsPage()
                ? matching.line(table.address(), table.selectable(), query.selectsMatching())
                : Uni.createFrom().item(SelectAllOffer.NONE);
    }
}
