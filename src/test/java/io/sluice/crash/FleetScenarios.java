package io.sluice.crash;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Injects the same fleet into all scenarios of a test JVM and resets it before each. After each, reads the logs: whatever
 * is killed, frozen or refused, there is no stack trace, because a person could do nothing about it.
 */
final class FleetScenarios implements ParameterResolver, BeforeEachCallback, AfterEachCallback {

    @Override
    public void beforeEach(ExtensionContext context) {
        fleet(context).calm();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        assertThat(fleet(context).stackTraces()).as("stack traces in the logs").isEmpty();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Fleet.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return fleet(context);
    }

    private static Fleet fleet(ExtensionContext context) {
        // Of several JVMs, each is given one class at a time: only the session lasts as long as the JVM.
        return context.getStore(StoreScope.LAUNCHER_SESSION, ExtensionContext.Namespace.create(Fleet.class))
                .computeIfAbsent(Fleet.class, key -> Fleet.start(), Fleet.class);
    }
}
