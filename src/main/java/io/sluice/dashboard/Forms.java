package io.sluice.dashboard;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;

import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

import io.sluice.batch.BatchRequest;
import io.sluice.batch.BatchView;
import io.sluice.batch.Batches;
import io.sluice.batch.Rejected;
import io.sluice.demo.DemoRequest;
import io.sluice.demo.DemoShop;
import io.sluice.order.FailurePolicy;
import io.sluice.order.PrintOrder;
import io.sluice.store.OrderView;
import io.sluice.store.Orders;
import io.sluice.web.QueryParameters;
import io.smallrye.mutiny.Uni;

/** What the page's buttons send. Every form leads back to the page it stood on, which then says what came of it. */
@Path("/")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public class Forms {
    private final Batches batches;
    private final Orders orders;
    private final DemoShop demo;

    Forms(Batches batches, Orders orders, DemoShop demo) {
        this.batches = batches;
        this.orders = orders;
        this.demo = demo;
    }

    /** Has the selected orders handled, in the order in which the form names them: top to bottom. */
    @POST
    @Path("dashboard/batches")
    public Uni<RestResponse<Void>> handle(@BeanParam TableQuery query, @RestForm List<UUID> orderId) {
        TableAddress page = query.address();
        Set<UUID> selected = new LinkedHashSet<>(orderId);
        if (selected.isEmpty()) {
            return Uni.createFrom().item(back(page, Flash.bad("Nothing was selected.")));
        }
        return batches
                .create(BatchRequest.ofOrders(List.copyOf(selected), PrintOrder.AS_LISTED, FailurePolicy.SKIP),
                        "dashboard")
                .chain(batch -> summary(selected.size(), batch))
                .map(flash -> back(page, flash));
    }

    /** Places demo orders. */
    @POST
    @Path("dashboard/demo-orders")
    public Uni<RestResponse<Void>> generate(@BeanParam TableQuery query, @RestForm String count) {
        TableAddress page = query.address();
        return demo.place(DemoRequest.of(QueryParameters.integer("count", count, 1, DemoRequest.MAX_COUNT, 1)))
                .map(placed -> back(page, Flash.good(orders(placed.size()) + " came in.")));
    }

    private Uni<Flash> summary(int selected, BatchView batch) {
        List<UUID> rejected = batch.rejected().stream().map(Rejected::orderId).toList();
        Flash flash = Flash.good(orders(selected - rejected.size()) + " handed over, top to bottom.");
        return orders.findAll(rejected).map(found -> {
            Map<UUID, String> names = found.stream()
                    .collect(Collectors.toMap(OrderView::id, order -> new OrderRow(order).name()));
            return flash.withDetails(batch.rejected()
                    .stream()
                    .map(one -> names.getOrDefault(one.orderId(), one.orderId().toString()) + ": " + one.reason())
                    .toList());
        });
    }

    private static String orders(int count) {
        return count == 1 ? "1 order" : count + " orders";
    }

    private static RestResponse<Void> back(TableAddress page, Flash flash) {
        return ResponseBuilder.<Void>seeOther(URI.create(page.href())).cookie(flash.cookie()).build();
    }
}
