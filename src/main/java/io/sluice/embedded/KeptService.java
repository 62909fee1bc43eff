package io.sluice.embedded;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

/** A service that is started again when it dies. If that does not help, the owner is told to end the process. */
final class KeptService implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(KeptService.class);
    private static final Duration LOOK = Duration.ofMillis(250);
    /** Deaths and failed starts that are tolerated until the service has run for {@link #HEALTHY}. */
    private static final int MAX_FAILURES = 3;
    private static final Duration HEALTHY = Duration.ofMinutes(2);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

    private final String name;
    private final Supplier<Service> starter;
    private final Consumer<String> giveUp;
    private final Duration firstWait;
    private final ScheduledExecutorService looks;
    private Service service;
    private long startedAt;
    private int failures;
    private boolean closed;

    /** What is kept. */
    interface Service extends AutoCloseable {

        /** Whether it runs. Answers at once. */
        boolean alive();

        /** Stops what is left of it. */
        @Override
        void close();
    }

    /**
     * Starts a service.
     *
     * @param starter starts it, or throws {@link EmbeddedServicesException}; the first failure is passed on
     * @param giveUp  receives a message for the user when the service has failed repeatedly
     */
    KeptService(String name, Supplier<Service> starter, Consumer<String> giveUp) {
        this(name, starter, giveUp, FIRST_WAIT);
    }

    /** @param firstWait before the second start after a death; doubles with each further one */
    KeptService(String name, Supplier<Service> starter, Consumer<String> giveUp, Duration firstWait) {
        this.firstWait = firstWait;
        this.name = name;
        this.starter = starter;
        this.giveUp = giveUp;
        this.service = starter.get();
        this.startedAt = System.nanoTime();
        this.looks = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "keeper of " + name);
            thread.setDaemon(true);
            return thread;
        });
        lookAfter(LOOK);
    }

    private void lookAfter(Duration wait) {
        looks.schedule(this::look, wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void look() {
        if (closed) {
            return;
        }
        if (service != null && service.alive()) {
            if (System.nanoTime() - startedAt > HEALTHY.toNanos()) {
                failures = 0;
            }
            lookAfter(LOOK);
            return;
        }
        if (service != null) {
            LOG.warnf("%s has died; starting it again", name);
            failed("it died");
            return;
        }
        try {
            service = starter.get();
            startedAt = System.nanoTime();
            LOG.infof("%s runs again", name);
            lookAfter(LOOK);
        } catch (RuntimeException e) {
            failed(e.getMessage());
        }
    }

    private void failed(String reason) {
        discard();
        failures++;
        if (failures > MAX_FAILURES) {
            giveUp.accept("%s failed %d times; the last time: %s".formatted(name, failures, reason));
            return;
        }
        lookAfter(failures == 1 ? Duration.ZERO : firstWait.multipliedBy(1L << failures - 2));
    }

    private void discard() {
        if (service != null) {
            try {
                service.close();
            } catch (RuntimeException e) {
                LOG.debugf(e, "What was left of %s could not be stopped", name);
            }
            service = null;
        }
    }

    /** Stops the service. */
    @Override
    public synchronized void close() {
        closed = true;
        looks.shutdown();
        if (service != null) {
            service.close();
        }
    }
}
