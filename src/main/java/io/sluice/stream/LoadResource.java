package io.sluice.stream;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The load over HTTP. */
@Path("/api/load")
@Produces(MediaType.APPLICATION_JSON)
public class LoadResource {
    private final LoadForecast load;

    LoadResource(LoadForecast load) {
        this.load = load;
    }

    @GET
    public LoadForecast.LoadView load() {
        return load.view();
    }
}
