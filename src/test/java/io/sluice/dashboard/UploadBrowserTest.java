package io.sluice.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

import org.junit.jupiter.api.Test;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.options.FilePayload;

import io.quarkus.test.junit.QuarkusTest;

/** Imports a file as a person does, with a script and without. */
@QuarkusTest
class UploadBrowserTest extends BrowserTest {

    @Test
    void sampleFile_isPreviewedAndImported_onlyOnce() throws IOException {
        view.open("").live();
        view.page.getByTestId("import-file").click();
        Download sample = view.page.waitForDownload(() -> view.page.getByTestId("sample").click());
        byte[] file = sample.createReadStream().readAllBytes();

        preview("orders.csv", file);
        assertThat(view.page.locator("#preview-title")).isFocused();
        assertThat(view.page.locator("tr[data-order]")).hasCount(2);
        view.page.getByTestId("import").click();
        assertThat(view.message()).containsText("2 orders imported. They wait until you press Handle.");
        view.live();
        assertThat(view.rows()).hasCount(2);

        view.open("import-file");
        preview("orders.csv", file);
        assertThat(view.page.locator("form")).containsText("2 orders were stored before and stay as they are.");
        assertThat(view.page.getByTestId("import")).hasCount(0);
    }

    @Test
    void withoutAScript_theSameForms() {
        withoutJavaScript();
        problemsAreShown_andTheRestIsImported();
    }

    @Test
    void problemsAreShown_andTheRestIsImported() {
        view.open("import-file");
        preview("bad.csv",
                ("Order number,Recipient,Street,City,Postal code,Country,Currency,SKU,Title,Quantity,Price,Vendor\n"
                        + "B-1,Ada,12 Duke Street,London,SW1Y 4JH,GB,GBP,MUG,Mug,1,12.50,x\n"
                        + "B-2,Ada,12 Duke Street,London,,GB,GBP,MUG,Mug,1,12.50,x\n").getBytes(UTF_8));
        assertThat(view.page.locator("tr[data-problem='1']")).containsText("The column 'Vendor' is not known.");
        view.page.getByTestId("ignore").click();

        assertThat(view.page.locator("tr[data-problem='3']")).containsText("required for addresses in GB");
        Download problems = view.page.waitForDownload(() -> view.page.getByTestId("problems").click());
        assertThat(problems.suggestedFilename()).isEqualTo("problems.csv");
        view.page.getByTestId("import").click();
        assertThat(view.message()).containsText("1 order imported.");
        assertThat(view.rows()).hasCount(1);
    }

    @Test
    void fileThatCannotBeRead_leavesTheForm() {
        view.open("import-file");
        preview("empty.csv", new byte[0]);

        assertThat(view.message()).containsText("empty.csv: The file is empty.");
        assertThat(view.message()).isFocused();
        assertThat(view.page.getByLabel("CSV file")).isVisible();
    }

    private void preview(String name, byte[] file) {
        view.page.getByLabel("CSV file").setInputFiles(new FilePayload(name, "text/csv", file));
        view.page.getByTestId("preview").click();
    }
}
