package io.sluice;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import io.sluice.http.NeedsDatabase;
import io.sluice.idempotency.Idempotent;

/** The packages are the stations of an order's path; these rules keep them apart. */
@AnalyzeClasses(packages = "io.sluice", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule order_isPlainJava = classes().that()
            .resideInAPackage("io.sluice.order")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "io.sluice.order");

    @ArchTest
    static final ArchRule json_isKnownWithoutTheFramework = classes().that()
            .resideInAPackage("io.sluice.json")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "com.fasterxml.jackson..", "io.sluice.json");

    @ArchTest
    static final ArchRule simulator_runsWithoutTheFramework = noClasses().that()
            .resideInAPackage("io.sluice.simulator..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.quarkus..", "io.smallrye..", "jakarta..", "io.sluice.http.."));

    @ArchTest
    static final ArchRule dashboard_isImportedByNobody = noClasses().that()
            .resideOutsideOfPackage("io.sluice.dashboard..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.sluice.dashboard..");

    @ArchTest
    static final ArchRule simulatorAndEmbedded_areForTheEntryPointOnly = noClasses().that()
            .resideInAPackage("io.sluice.*..")
            .and(DescribedPredicate
                    .not(resideInAnyPackage("io.sluice.simulator..", "io.sluice.embedded..", "io.sluice")))
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.sluice.simulator..", "io.sluice.embedded.."));

    @ArchTest
    static final ArchRule messaging_isKnownToQueueOnly = noClasses().that()
            .resideOutsideOfPackage("io.sluice.queue..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.eclipse.microprofile.reactive.messaging..",
                    "io.smallrye.reactive.messaging..", "io.vertx.amqp..", "io.vertx.mutiny.amqp..",
                    "io.vertx.proton..",
                    "org.apache.qpid.."));

    @ArchTest
    static final ArchRule callingOut_isForPartnerOnly = noClasses().that()
            .resideOutsideOfPackage("io.sluice.partner..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.eclipse.microprofile.rest.client..",
                    "io.quarkus.rest.client..", "jakarta.ws.rs.client..",
                    "java.net.http..", "io.vertx.ext.web.client.."));

    /** Webhooks go where integrators say. They need the client that connects to a given address. */
    @ArchTest
    static final ArchRule connecting_isForPartnerAndWebhookOnly = noClasses().that()
            .resideOutsideOfPackages("io.sluice.partner..", "io.sluice.webhook..")
            .should()
            .dependOnClassesThat()
            .haveNameMatching("io\\.vertx\\.(mutiny\\.)?core\\.http\\.HttpClient(Request|Options)?");

    @ArchTest
    static final ArchRule printing_isKnownToPartnerOnly = noClasses().that()
            .resideOutsideOfPackage("io.sluice.partner..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.hp.jipp..");

    @ArchTest
    static final ArchRule drawing_isKnownToPaperOnly = noClasses().that()
            .resideOutsideOfPackage("io.sluice.packingslip..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("com.lowagie..", "com.google.zxing..", "java.awt.."));

    @ArchTest
    static final ArchRule sending_isForOutboxOnly = noClasses().that()
            .resideOutsideOfPackages("io.sluice.outbox..", "io.sluice.queue..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("io.sluice.queue.WorkSender");

    /** Streams stay open during an outage; the load is in memory; descriptions are constants; partner clients call out;
     * the login needs no database.
     */
    @ArchTest
    static final ArchRule resources_answerDuringAnOutageOfTheDatabase = classes().that()
            .areAnnotatedWith(Path.class)
            .and()
            .areNotInterfaces()
            .and()
            .haveSimpleNameNotEndingWith("EventsResource")
            .and()
            .doNotHaveSimpleName("LiveResource")
            .and()
            .doNotHaveSimpleName("BulkResource")
            .and()
            .doNotHaveSimpleName("LoadResource")
            .and()
            .doNotHaveSimpleName("ProblemTypesResource")
            .and()
            .doNotHaveSimpleName("AsyncApiResource")
            .and()
            .doNotHaveSimpleName("LoginResource")
            .should()
            .beAnnotatedWith(NeedsDatabase.class);

    @ArchTest
    static final ArchRule changesOverTheApi_heedIdempotencyKeys = methods().that(areChangesOverTheApi())
            .and()
            .areDeclaredInClassesThat()
            .doNotHaveFullyQualifiedName("io.sluice.accept.OrdersResource")
            .and()
            .areDeclaredInClassesThat()
            .doNotHaveSimpleName("BulkResource")
            .and()
            .areDeclaredInClassesThat()
            .doNotHaveSimpleName("CsvResource")
            .and()
            .areDeclaredInClassesThat()
            .doNotHaveSimpleName("PersonExportResource")
            .should()
            .beAnnotatedWith(Idempotent.class)
            .because(
                    "orders store their keys themselves, an export changes nothing, all others leave it to Idempotent");

    private static DescribedPredicate<JavaMethod> areChangesOverTheApi() {
        return DescribedPredicate.describe("are POST or PATCH under /api",
                method -> method.getOwner().isAnnotatedWith(Path.class)
                        && method.getOwner().getAnnotationOfType(Path.class).value().startsWith("/api/")
                        && (method.isAnnotatedWith(POST.class) || method.isAnnotatedWith(PATCH.class)));
    }

    @ArchTest
    static final ArchRule packages_haveNoCycles = slices().matching("io.sluice.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule artemisAndZonky_areForEmbeddedOnly = noClasses().that(
            DescribedPredicate.not(resideInAPackage("io.sluice.embedded..")))
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.apache.activemq..", "io.zonky.."));
}
