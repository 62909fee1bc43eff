package io.sluice.testing;

import static io.restassured.RestAssured.given;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

import io.restassured.response.Response;

/** The request for a new batch; made by {@link Api#batch}. */
public final class BatchRequest {
    private final Map<String, Object> body = new LinkedHashMap<>();

    BatchRequest(String selection, Object value) {
        body.put(selection, value);
    }

    static BatchRequest of(Collection<?> orderIds) {
        return new BatchRequest("orderIds", orderIds);
    }

    public BatchRequest printOrder(String value) {
        body.put("printOrder", value);
        return this;
    }

    public BatchRequest onFailure(String value) {
        body.put("onFailure", value);
        return this;
    }

    /** Makes the batch and returns its id. */
    public String create() {
        return send().then().statusCode(202).extract().path("id");
    }

    /** Sends the request and returns whatever the answer is. */
    public Response send() {
        return sendTo("");
    }

    Response sendTo(String baseUrl) {
        return given().contentType("application/json").body(body).post(baseUrl + "/api/batches");
    }

    /** As {@link #create()}, at another process. */
    public String createAt(String baseUrl) {
        return sendTo(baseUrl).then().statusCode(202).extract().path("id");
    }
}
