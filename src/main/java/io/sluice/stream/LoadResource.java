package io.sluice.stream;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The load over HTTP. */
@Path("/api/load")
@Tag(name = "Load")
@Produces(MediaType.APPLICATION_JSON)
public class LoadResource {
    private final LoadForecast load;

    LoadResource(LoadForecast load) {
        this.load = load;
    }

    @GET
    @Operation(summary = "Orders accepted and handled per second, and those that wait")
    public LoadForecast.LoadView load() {
        return load.view();
    }
}
