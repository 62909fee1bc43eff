package io.sluice.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.sluice.testing.SeveralPartners;

/** Tests pausing and resuming partners in a browser. */
@QuarkusTest
@TestProfile(SeveralPartners.class)
class PartnerBrowserTest extends BrowserTest {
    @Test
    void partner_isPausedAndResumedInPlace() {
        view.open("partners").live().mark();

        dhl().getByTestId("pause").click();
        dhl().getByLabel("Reason").fill("Strike at the depot");
        dhl().getByTestId("pause-confirm").click();

        assertThat(view.message()).containsText("The carrier dhl is paused.");
        assertThat(dhl()).hasAttribute("data-state", "PAUSED");
        assertThat(dhl()).containsText("Strike at the depot");

        dhl().getByTestId("resume").click();
        assertThat(dhl()).hasAttribute("data-state", "UP");
        assertThat(dhl().getByTestId("pause")).isVisible();
        assertThat(view.marked()).isTrue();
    }

    @Test
    void changesByOthers_appearOnEveryPage() {
        DashboardView table = view(home, new Browser.NewContextOptions());
        table.open("").live();
        view.open("partners").live();

        given().post("/api/partners/dhl/pause").then().statusCode(200);

        assertThat(dhl()).hasAttribute("data-state", "PAUSED");
        assertThat(table.banner()).containsText("The carrier dhl is paused");
        given().post("/api/partners/dhl/resume").then().statusCode(200);
        assertThat(dhl()).hasAttribute("data-state", "UP");
        assertThat(table.banner()).isHidden();
        table.close();
    }

    private Locator dhl() {
        return view.page.locator("tr[data-partner=dhl]");
    }
}
