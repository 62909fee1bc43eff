package io.sluice.dashboard.upload;

import java.util.List;
import java.util.function.BiFunction;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;

import org.jboss.resteasy.reactive.RestCookie;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

import io.sluice.accept.csv.CsvImport;
import io.sluice.accept.csv.CsvOrders;
import io.sluice.accept.csv.CsvProblem;
import io.sluice.accept.csv.CsvResult;
import io.sluice.dashboard.Flash;
import io.sluice.dashboard.Format;
import io.sluice.dashboard.Html;
import io.sluice.http.FailureProblems;
import io.sluice.http.LineRate;
import io.sluice.http.NeedsDatabase;
import io.sluice.http.ProblemException;
import io.sluice.http.RequestOrigin;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** The page that imports orders from a file, and its forms. */
@NeedsDatabase
@Path("/")
public class UploadResource {
    private static final String PAGE = "import-file";

    private final CsvImport files;
    private final LineRate rate;

    UploadResource(CsvImport files, LineRate rate) {
        this.files = files;
        this.rate = rate;
    }

    @GET
    @Path(PAGE)
    @Produces(Html.TYPE)
    public Uni<RestResponse<String>> page(@RestCookie(Flash.COOKIE) String flash) {
        return Html.ok(UploadPages.upload(null, List.of(), null, null, Flash.of(flash).orElse(null)),
                Flash.clearing(flash));
    }

    /** Shows what the file would do. */
    @POST
    @Path("dashboard/import-file/preview")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Produces(Html.TYPE)
    public Uni<RestResponse<String>> preview(@Context RoutingContext request) {
        return form(request).chain(form -> previewed(form)
                .chain(preview -> Html.ok(
                        UploadPages.upload(form, CarriedFile.pieces(form.file()), preview, null, null)))
                .onFailure(ProblemException.class)
                .recoverWithUni(refusal -> Html.ok(
                        UploadPages.upload(form, List.of(), null, refusal.getMessage(), null))));
    }

    /** All problems of the file, as a file. */
    @POST
    @Path("dashboard/import-file/problems")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public Uni<RestResponse<String>> problems(@Context RoutingContext request) {
        return form(request).chain(this::previewed)
                .map(preview -> ResponseBuilder.ok(ProblemFile.of(preview.problems()), "text/csv;charset=UTF-8")
                        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"problems.csv\"")
                        .build());
    }

    /** Stores the orders that are new and have no problems. */
    @POST
    @Path("dashboard/import-file")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public Uni<RestResponse<Void>> store(@Context RoutingContext request) {
        return form(request)
                .chain(form -> collected(form,
                        (csv, orders) -> {
                            rate.take(request, orders.rows());
                            return csv.store(orders, null, RequestOrigin.of(request),
                                    failure -> FailureProblems.of(failure, request));
                        })
                        .map(result -> Html.redirect(
                                result.postponed() > 0 ? PAGE : result.table(form.handleAtOnce()),
                                said(result, form).cookie())))
                .onFailure(ProblemException.class)
                .recoverWithItem(refusal -> Html.redirect(PAGE, Flash.bad(refusal.getMessage()).cookie()));
    }

    private static Uni<UploadForm> form(RoutingContext request) {
        return UploadForm.of(request.request());
    }

    private Uni<UploadPreview> previewed(UploadForm form) {
        return collected(form, CsvImport::preview);
    }

    private Uni<UploadPreview> collected(UploadForm form,
            BiFunction<CsvImport, CsvOrders, Multi<CsvResult>> results) {
        return files.read(form.file(), form.options(),
                orders -> results.apply(files, orders)
                        .collect()
                        .in(() -> new UploadPreview(orders), UploadPreview::add));
    }

    private static Flash said(UploadPreview result, UploadForm form) {
        StringBuilder text = new StringBuilder(Format.orders(result.fresh())).append(" imported");
        if (result.known() > 0) {
            text.append(", ").append(Format.number(result.known())).append(" known already");
        }
        text.append('.');
        if (result.postponed() > 0) {
            return Flash.bad(text + " " + Format.orders(result.postponed())
                    + " could not be stored now. Import the file again: orders that are stored stay as they are.");
        }
        if (result.fresh() > 0 && !form.handleAtOnce()) {
            text.append(result.fresh() == 1 ? " It waits" : " They wait").append(" until you press Handle.");
        }
        return (result.refused() == 0
                ? Flash.good(text.toString())
                : Flash.bad(text + " " + Format.orders(result.refused())
                        + (result.refused() == 1
                                ? " had problems and was left out."
                                : " had problems and were left out.")))
                .withDetails(result.problems()
                        .stream()
                        .map(CsvProblem::toSentence)
                        .toList());
    }
}
