import java.util.List;
import java.util.UUID;

import shop.sluice.ApiClient;
import shop.sluice.ApiException;
import shop.sluice.api.EventsApi;
import shop.sluice.api.OrdersApi;
import shop.sluice.model.Address;
import shop.sluice.model.Customer;
import shop.sluice.model.EventPage;
import shop.sluice.model.Line;
import shop.sluice.model.NewOrder;
import shop.sluice.model.Order;
import shop.sluice.model.OrderPage;
import shop.sluice.model.Problem;

/** Uses a client that openapi-generator has made from /q/openapi; docs/api.md tells how. */
class GeneratedClient {
    public static void main(String... arguments) throws Exception {
        ApiClient client = new ApiClient();
        client.updateBaseUri("http://127.0.0.1:8080");
        OrdersApi orders = new OrdersApi(client);
        String channel = arguments.length > 0 ? arguments[0] : "webshop";

        Order order = orders.createOrder(new NewOrder().channel(channel)
                .externalId("4711")
                .handling(NewOrder.HandlingEnum.MANUAL)
                .customer(new Customer().name("Ada Lovelace"))
                .shipTo(new Address().name("Ada Lovelace")
                        .street("Hauptstr. 1")
                        .city("Berlin")
                        .postalCode("10117")
                        .country("DE"))
                .currency("EUR")
                .addLinesItem(new Line().sku("MUG-350").title("Enamel mug").quantity(2).unitPrice("12.50")),
                null, "order-" + UUID.randomUUID(), null);
        System.out.println("submitted " + order.getId());

        order = orders.getOrder(order.getId(), null, null, null);
        System.out.println("read " + order.getStatus() + ", total " + order.getTotal());

        OrderPage page = orders.listOrders(null, channel, null, null, null, null, null, null, null, 200, null, null);
        System.out.println("listed " + page.getItems().stream().map(Order::getId).toList());

        try {
            orders.retryOrder(order.getId(), null, null, null);
        } catch (ApiException refused) {
            Problem problem = ApiClient.createDefaultObjectMapper().readValue(refused.getResponseBody(), Problem.class);
            System.out.println("refused " + refused.getCode() + " " + problem.getType());
        }

        order = orders.cancelOrder(order.getId(), "W/\"" + order.getVersion() + "\"", null, null, null);
        System.out.println("cancelled " + order.getStatus());

        // Events are answered as a stream unless only pages are asked for.
        ApiClient paged = new ApiClient();
        paged.updateBaseUri("http://127.0.0.1:8080");
        paged.setRequestInterceptor(request -> request.setHeader("Accept", "application/json"));
        EventPage events = new EventsApi(paged).followEvents(null, null, List.of(channel), null, null, null, 200, null);
        events.getItems().forEach(event -> System.out.println("event " + event.getOrderEvent().getData().getStatus()));
    }
}
