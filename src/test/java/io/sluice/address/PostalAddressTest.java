package io.sluice.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.sluice.order.Address;

class PostalAddressTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            // country | street | district | city | state | postal code | lines, from the street on
            "GB | 221b Baker Street | | London | | NW1 6XE | 221b Baker Street/London/NW1 6XE",
            "US | 20 W 34th St | | New York | NY | 10118 | 20 W 34th St/New York, NY 10118",
            "CA | 111 Wellington St | | Ottawa | ON | K1A 0A9 | 111 Wellington St/Ottawa ON K1A 0A9",
            "IE | 1 Grand Canal Square | | Dublin | | D02 AF30 | 1 Grand Canal Square/Dublin/D02 AF30",
            "IE | The Cottage | Kilnacloy | Monaghan | Co. Monaghan | | The Cottage/Kilnacloy/Monaghan/Co. Monaghan",
            "BR | Av. Paulista, 1578 | Bela Vista | São Paulo | SP | 01310-200 |"
                    + " Av. Paulista, 1578/Bela Vista/São Paulo-SP/01310-200",
            "DE | Friedrichstraße 43 | | Berlin | Berlin | 10117 | Friedrichstraße 43/10117 Berlin",
            "FR | 5 rue de la Paix | | Paris | | 75002 | 5 rue de la Paix/75002 Paris",
            "AT | Stephansplatz 1 | | Wien | | 1010 | Stephansplatz 1/1010 Wien",
            "CH | Bahnhofstrasse 1 | | Zürich | ZH | 8001 | Bahnhofstrasse 1/CH-8001 Zürich",
            "CH | Bahnhofstrasse 1 | | Zürich | | CH-8001 | Bahnhofstrasse 1/CH-8001 Zürich",
            "NL | Damrak 1 | | Amsterdam | | 1012 LG | Damrak 1/1012 LG Amsterdam",
            "IT | Via Roma 1 | | Torino | TO | 10123 | Via Roma 1/10123 Torino TO",
            "IT | Via Roma 1 | | Torino | | 10123 | Via Roma 1/10123 Torino",
            "ES | Gran Vía 1 | | Madrid | Madrid | 28013 | Gran Vía 1/28013 Madrid Madrid",
            "PL | ul. Piotrkowska 1 | | Łódź | | 90-001 | ul. Piotrkowska 1/90-001 Łódź",
            "SE | Drottninggatan 1 | | Stockholm | | 111 51 | Drottninggatan 1/SE-111 51 Stockholm",
            "HU | Andrássy út 1 | | Budapest | | 1061 | Budapest/Andrássy út 1/1061",
            "TR | İstiklal Cad. 1 | | Beyoğlu | İstanbul | 34430 | İstiklal Cad. 1/34430 Beyoğlu/İstanbul",
            "XK | Rr. Agim Ramadani 1 | | Prishtinë | | 10000 | Rr. Agim Ramadani 1/10000 Prishtinë",
            "IN | 12 MG Road | | Bengaluru | Karnataka | 560001 | 12 MG Road/Bengaluru 560001/Karnataka",
            "TH | 99 Sukhumvit Rd | Khlong Toei | Bangkok | Bangkok | 10110 |"
                    + " 99 Sukhumvit Rd/Khlong Toei, Bangkok/Bangkok 10110",
            "AU | 1 George St | | Sydney | NSW | 2000 | 1 George St/Sydney NSW 2000",
            "NZ | 1 Queen Street | Parnell | Auckland | | 1010 | 1 Queen Street/Parnell/Auckland 1010",
            "MX | Av. Juárez 1 | Centro | Ciudad de México | CDMX | 06010 |"
                    + " Av. Juárez 1/Centro/06010 Ciudad de México, CDMX",
            "AR | Florida 1 | | Buenos Aires | | C1005 | Florida 1/C1005 Buenos Aires",
            "RU | ул. Тверская, 1 | | Москва | | 125009 | ул. Тверская, 1/Москва/125009",
            "UA | вул. Хрещатик, 1 | | Київ | | 01001 | вул. Хрещатик, 1/Київ/01001",
            "IL | דיזנגוף 1 | | תל אביב | | 6433101 | דיזנגוף 1/תל אביב 6433101",
            "SA | King Fahd Rd 1 | | Riyadh | | 12271 | King Fahd Rd 1/Riyadh 12271",
            "ZA | 1 Long Street | Gardens | Cape Town | Western Cape | 8001 | 1 Long Street/Gardens/Cape Town/8001",
            // without a postal code
            "HK | 1 Queen's Road | | Central | Hong Kong Island | | 1 Queen's Road/Central/Hong Kong Island",
            "HK | 1 Queen's Road | | Central | | 999077 | 1 Queen's Road/Central",
            "AE | Sheikh Zayed Rd 1 | | Dubai | | | Sheikh Zayed Rd 1/Dubai",
            "AE | Sheikh Zayed Rd 1 | | Dubai | Dubai | | Sheikh Zayed Rd 1/Dubai",
            "AE | Corniche 1 | Al Bateen | Al Ain | Abu Dhabi | | Corniche 1/Al Bateen/Al Ain/Abu Dhabi",
            "QA | Al Corniche St 1 | | Doha | | | Al Corniche St 1/Doha",
            "PA | Calle 50 | | Panamá | Panamá | | Calle 50/Panamá/Panamá",
            "SG | 1 Raffles Place | | Singapore | | 048616 | 1 Raffles Place/SINGAPORE 048616",
            "SG | 1 Raffles Place | | | | 048616 | 1 Raffles Place/SINGAPORE 048616",
            // the largest part first
            "JP | 渋谷2-21-1 | | 渋谷区 | 東京都 | 150-8510 | 〒150-8510/東京都渋谷区/渋谷2-21-1",
            "JP | 渋谷2-21-1 | | 渋谷区 | 東京都 | 〒150-8510 | 〒150-8510/東京都渋谷区/渋谷2-21-1",
            "JP | 2-21-1 Shibuya | | Shibuya-ku | Tokyo | 150-8510 | 2-21-1 Shibuya/Shibuya-ku, Tokyo/150-8510",
            "KR | 테헤란로 152 | 역삼동 | 강남구 | 서울특별시 | 06236 | 서울특별시 강남구 역삼동/테헤란로 152/06236",
            "KR | 152 Teheran-ro | | Gangnam-gu | Seoul | 06236 | 152 Teheran-ro/Gangnam-gu/Seoul/06236",
            "CN | 建国路1号 | 朝阳区 | 北京市 | 北京市 | 100020 | 100020/北京市朝阳区/建国路1号",
            "CN | 1 Jianguo Road | Chaoyang | Beijing | Beijing | 100020 |"
                    + " 1 Jianguo Road/Chaoyang/Beijing/Beijing, 100020",
            "JP | 渋谷2-21-1 | | 渋谷区 | | 150-8510 | 〒150-8510/渋谷区/渋谷2-21-1",
            "CN | 中山路1号 | 天河区 | 广州市 | 广东省 | 510000 | 510000/广东省广州市天河区/中山路1号",
            "TW | 信義路五段7號 | | 信義區 | 台北市 | 110 | 110/台北市信義區/信義路五段7號",
            "TW | 7 Xinyi Rd | | Xinyi District | Taipei City | 110 | 7 Xinyi Rd/Xinyi District, Taipei City 110"})
    void asItsPostWantsIt(String country, String street, String district, String city, String state, String postalCode,
            String lines) {
        Address address = new Address("Name", null, street, district, city, state, postalCode, country, null);

        // A state of Turkey is written after a slash.
        assertThat(String.join("/", withoutName(address))).isEqualTo(lines);
    }

    @Test
    void nameAndCompanyStandWhereTheCountryWantsThem() {
        assertThat(text(full("DE"))).startsWith("Ada Byron", "Engines Ltd", "First line");
        assertThat(text(full("FR"))).startsWith("Engines Ltd", "Ada Byron", "First line");
        Address japan = new Address("山田太郎", "株式会社", "渋谷2-21-1", null, "渋谷区", "東京都", "150-8510", "JP", null);
        assertThat(text(japan)).endsWith("渋谷2-21-1", "株式会社", "山田太郎", "JAPAN");
        assertThat(PostalAddress.lines(japan, null)).filteredOn(AddressLine::name)
                .containsExactly(new AddressLine("山田太郎", true));
    }

    @Test
    void everyLineOfTheStreetIsALine() {
        assertThat(text(full("US"))).containsSubsequence("First line", "Second line", "Third line",
                "City, State 12345");
    }

    @Test
    void domesticMailDoesNotNameTheCountry() {
        Address address = new Address("Ada", "Street 1", "Berlin", "10117", "DE");

        assertThat(texts(PostalAddress.lines(address, "DE"))).containsExactly("Ada", "Street 1", "10117 Berlin");
        assertThat(texts(PostalAddress.lines(address, "AT"))).endsWith("GERMANY");
        assertThat(texts(PostalAddress.lines(address, null))).endsWith("GERMANY");
    }

    @Test
    void countriesHaveEnglishNames() {
        assertThat(text(full("XK"))).endsWith("KOSOVO");
        assertThat(text(full("CI"))).endsWith("CÔTE D’IVOIRE");
        assertThat(text(new Address("Ada", "Main Street 1", "Gibraltar", "GX11 1AA", "GI"))).containsExactly("Ada",
                "Main Street 1", "GIBRALTAR", "GX11 1AA", "GIBRALTAR");
    }

    static List<String> everyCountry() {
        return Arrays.asList(Locale.getISOCountries());
    }

    @ParameterizedTest
    @MethodSource("everyCountry")
    void nothingThatLeadsToTheDoorIsLost(String country) {
        assertThat(String.join("\n", text(full(country))))
                .contains("Ada Byron", "Engines Ltd", "First line", "Third line",
                        "District", "City")
                .doesNotContain("%", "  ", "\n\n", "null");
        Address small = new Address("Ada", null, "Street 1", null, null, null, null, country, null);
        assertThat(text(small)).startsWith(text(small).get(0)).contains("Ada", "Street 1").doesNotContain("", " ");
    }

    @Test
    void whichPartsACountryRequires() {
        assertThat(List.of("GB", "US", "DE", "JP", "BR", "IN", "SG", "TR", "HU", "KR", "CN"))
                .allMatch(country -> AddressFormat.of(country).requiresPostalCode());
        assertThat(List.of("HK", "AE", "QA", "PA", "IE", "TH", "XK", "IL", "MO", "GH", "JM", "AO", "FJ", "KE"))
                .noneMatch(country -> AddressFormat.of(country).requiresPostalCode());
        assertThat(AddressFormat.of("SG").requiresCity()).isFalse();
        assertThat(AddressFormat.of("DE").requiresCity()).isTrue();
        assertThat(AddressFormat.of(null).requiresCity()).isTrue();
    }

    private static Address full(String country) {
        return new Address("Ada Byron", "Engines Ltd", "First line\nSecond line\nThird line", "District", "City",
                "State",
                "12345", country, "+44 20 7946 0000");
    }

    private static List<String> withoutName(Address address) {
        return PostalAddress.lines(address, address.country())
                .stream()
                .filter(line -> !line.name())
                .map(AddressLine::text)
                .toList();
    }

    private static List<String> text(Address address) {
        return texts(PostalAddress.lines(address, null));
    }

    private static List<String> texts(List<AddressLine> lines) {
        return lines.stream().map(AddressLine::text).toList();
    }
}
