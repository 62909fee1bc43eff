package io.sluice.crash;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.sluice.testing.Http;
import io.sluice.testing.LeavingClients;
import io.sluice.testing.SluiceProcess;

/** Posts many orders while random faults occur. The seed determines the faults and their sequence. */
final class Campaign {
    private static final List<String> FAULTS = List.of("hang", "html", "half-json", "redirect", "server-error",
            "too-many-requests");

    private final Fleet fleet;
    private final OrderBook orders;
    private final Random random;
    private final int size;

    Campaign(Fleet fleet, int size, long seed) {
        this.fleet = fleet;
        this.orders = fleet.openBook();
        this.random = new Random(seed);
        this.size = size;
    }

    /** A fault with its description. */
    private record Trouble(String name, Runnable action) {}

    private final List<Trouble> troubles = List.of(
            new Trouble("a worker is killed", this::killWorker),
            new Trouble("a worker is stopped", this::terminateWorker),
            new Trouble("the API process is killed", this::restartApi),
            new Trouble("the broker is killed", () -> restart(fleet().broker)),
            new Trouble("PostgreSQL is killed", () -> restart(fleet().database)),
            new Trouble("PostgreSQL is frozen", this::freezeDatabase),
            new Trouble("PostgreSQL is read-only", this::refuseWrites),
            new Trouble("clients leave", () -> LeavingClients.visit(fleet().apiUrl())),
            new Trouble("the partners are killed", () -> restart(fleet().partners)),
            new Trouble("a partner is down", () -> upset(Map.of("down", true))),
            new Trouble("a partner loses responses", () -> upset(Map.of("lostResponseRate", 0.3))),
            new Trouble("a partner sends invalid responses", this::answerBadly),
            new Trouble("a partner refuses orders", () -> upset(Map.of("failureRate", 0.2))),
            new Trouble("the partners are reset", this::calmPartners),
            new Trouble("orders are cancelled and retried", this::cancelAndRetry));

    private Fleet fleet() {
        return fleet;
    }

    /** Runs the campaign. The caller checks the returned orders. */
    OrderBook run() {
        fleet.steadyWorkers(3);
        calmPartners();
        List<Trouble> toCome = new ArrayList<>();
        try (Load load = new Load(orders, fleet.apiUrl()).allow(0)) {
            while (load.accepted() < size) {
                if (toCome.isEmpty()) {
                    toCome.addAll(troubles);
                    Collections.shuffle(toCome, random);
                }
                Trouble trouble = toCome.remove(0);
                System.out.printf("%5d accepted, %5d handled: %s%n", load.accepted(), orders.handled(), trouble.name());
                load.allow(Math.min(size, load.accepted() + 1 + random.nextInt(Math.max(30, size / 50))));
                trouble.action().run();
                load.awaitPause();
            }
        }
        fleet.calm();
        fleet.steadyWorkers(3);
        retryFailed();
        return orders;
    }

    private void killWorker() {
        SluiceProcess worker = anyWorker();
        worker.kill();
        fleet.steadyWorkers(3);
    }

    private void terminateWorker() {
        SluiceProcess worker = anyWorker();
        worker.terminate();
        fleet.steadyWorkers(3);
    }

    private SluiceProcess anyWorker() {
        List<SluiceProcess> workers = fleet.steadyWorkers(3);
        return workers.get(random.nextInt(workers.size()));
    }

    private void restartApi() {
        fleet.killApi();
        fleet.startApi();
    }

    private void restart(Service service) {
        service.kill();
        service.start();
        if (service == fleet.partners) {
            calmPartners();
        }
    }

    private void freezeDatabase() {
        fleet.database.freeze();
        awaitReady(503);
        fleet.database.thaw();
        awaitReady(200);
    }

    private void refuseWrites() {
        fleet.database.set("default_transaction_read_only", "on");
        awaitReady(503);
        LeavingClients.visit(fleet.apiUrl());
        fleet.database.set("default_transaction_read_only", null);
        awaitReady(200);
    }

    private void awaitReady(int status) {
        orders.await("readiness is " + status, () -> Http.get(fleet.apiUrl() + "/q/health/ready").status() == status);
    }

    private void upset(Map<String, Object> behaviour) {
        fleet.partners.set(anyPartner(), behaviour);
    }

    private String anyPartner() {
        return PartnerServices.NAMES.get(random.nextInt(PartnerServices.NAMES.size()));
    }

    private void answerBadly() {
        upset(Map.of("fault", FAULTS.get(random.nextInt(FAULTS.size())), "faultRate", 0.3, "retryAfterSeconds", 2));
    }

    private void calmPartners() {
        fleet.partners.behave();
        fleet.partners.setAll(Map.of("latencyMs", 20));
    }

    /** Sends requests for orders in any status. Each must succeed or be rejected with 409. */
    private void cancelAndRetry() {
        List<String> accepted = orders.accepted();
        // A separate generator: the number of draws here must not affect later faults.
        Random choice = new Random(random.nextLong());
        for (int i = 0; i < 10 && !accepted.isEmpty(); i++) {
            String order = accepted.get(choice.nextInt(accepted.size()));
            ask(order, choice.nextBoolean() ? "cancel" : "retry");
        }
    }

    private void retryFailed() {
        orders.withStatus("FAILED").forEach(order -> ask(order, "retry"));
    }

    private void ask(String order, String what) {
        Http.Answer answer = Http.post("%s/api/orders/%s/%s".formatted(fleet.apiUrl(), order, what));
        if (!List.of(200, 202, 409).contains(answer.status())) {
            throw new AssertionError("%s of %s: %d %s".formatted(what, order, answer.status(), answer.body()));
        }
    }
}
