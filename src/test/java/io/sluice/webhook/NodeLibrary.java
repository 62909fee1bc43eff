package io.sluice.webhook;

import java.util.List;

import io.sluice.testing.NpmPackages;
import io.sluice.testing.Program;

/** The library {@code standardwebhooks} for Node, as a receiver would use it. */
final class NodeLibrary {
    private static final String VERIFY = """
            const { Webhook } = require('standardwebhooks');
            const { secret, body, headers } = JSON.parse(require('fs').readFileSync(0, 'utf8'));
            console.log(JSON.stringify(new Webhook(secret).verify(body, headers)));
            """;

    private NodeLibrary() {}

    /** What the library makes of a message, given as JSON with {@code secret}, {@code body} and {@code headers}. */
    static Program.Result verify(String message) {
        return Program.run(NpmPackages.FOLDER, message, List.of("node", "-e", VERIFY));
    }
}
