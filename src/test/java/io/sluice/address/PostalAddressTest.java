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
            "ES | Gran Vía 1 | | Madrid | Madrid | 28013 | Gran Vía 1/28013 Madrid",
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
            "PA | Calle 50 | | Panamá | Panamá | | Calle 50/Panamá",
            "RU | ул. Тверская 1 | | Москва | Москва | 125009 | ул. Тверская 1/Москва/125009",
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
        assertThat(String.join("/", withoutNameAndCountry(address))).isEqualTo(lines);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            // country | city | state as shops send it | postal code | lines below the street
            "US | New York | US-NY | 10118 | New York, NY 10118",
            "US | New York | New York | 10118 | New York, NY 10118",
            "US | New York | ny | 10118 | New York, NY 10118", "US | Utica | N.Y. | 13501 | Utica, NY 13501",
            "US | APO | Armed Forces Europe | 09001 | APO, AE 09001",
            "CA | Summerside | PEI | C1N 1A1 | Summerside PE C1N 1A1",
            "CA | Québec | quebec | G1R 4P5 | Québec QC G1R 4P5", "CA | Ottawa | CA-ON | K1A 0A9 | Ottawa ON K1A 0A9",
            "AU | Sydney | New South Wales | 2000 | Sydney NSW 2000",
            "BR | Santos | BR-SP | 11010-000 | Santos-SP/11010-000",
            "BR | Santos | Sao Paulo | 11010-000 | Santos-SP/11010-000",
            "IT | Milano | Milano | 20121 | 20121 Milano MI", "IT | Milano | IT-MI | 20121 | 20121 Milano MI",
            "ES | Getafe | M | 28901 | 28901 Getafe Madrid", "ES | Lleida | Lleida | 25001 | 25001 Lleida",
            "MX | Guadalajara | MX-JAL | 44100 | 44100 Guadalajara, Jal.",
            "MX | Guadalajara | JA | 44100 | 44100 Guadalajara, Jal.",
            "MX | Cancún | Q ROO | 77500 | 77500 Cancún, Q.R.",
            "MX | Coyoacán | MX-CMX | 04000 | 04000 Coyoacán, CDMX",
            "MX | Coyoacán | DF | 04000 | 04000 Coyoacán, CDMX",
            "TR | Kadıköy | TR34 | 34710 | 34710 Kadıköy/İstanbul", "TR | İstanbul | TR34 | 34433 | 34433 İstanbul",
            "TR | Kadıköy | ISTANBUL | 34710 | 34710 Kadıköy/İstanbul",
            "TH | Bang Rak | TH-10 | 10500 | Bang Rak/Bangkok 10500",
            "AE | Al Ain | AZ | | Al Ain/Abu Dhabi", "AE | Dubai | DU | | Dubai", "AE | Dubai | AE-DU | | Dubai",
            "JP | Chiyoda | 13 | 100-0001 | Chiyoda, Tokyo/100-0001",
            "CN | Beijing | CN2 | 100020 | Beijing/Beijing, 100020",
            "CN | Nanjing | CN11 | 210000 | Nanjing/Jiangsu, 210000",
            "CN | Beijing | CN-11 | 100020 | Beijing/Beijing, 100020",
            "CN | Shenzhen | CN-GD | 518000 | Shenzhen/Guangdong, 518000",
            "KR | Suwon | KR-41 | 16490 | Suwon/Gyeonggi-do/16490",
            "IN | Bengaluru | IN-KA | 560001 | Bengaluru 560001/Karnataka",
            "IN | Hyderabad | TS | 500001 | Hyderabad 500001/Telangana",
            "MY | Ipoh | PRK | 30000 | 30000 Ipoh/Perak", "IE | Bray | WW | A98 X2Y3 | Bray/Co. Wicklow/A98 X2Y3",
            "CO | Medellín | CO-ANT | 050001 | Medellín, Antioquia, 050001",
            "EG | Giza | EGGZ | 12511 | Giza/Giza Governorate/12511",
            "VN | Vũng Tàu | VN-43 | 78000 | Vũng Tàu/Bà Rịa–Vũng Tàu 78000",
            // not known
            "US | New York | Somewhere | 10118 | New York, Somewhere 10118",
            "US | New York | US-XX | 10118 | New York, US-XX 10118",
            "ES | Getafe | ESP | 28901 | 28901 Getafe ESP", "AR | Rosario | ARG | 2000 | 2000 Rosario/ARG"})
    void stateAsTheCountryWritesIt(String country, String city, String state, String postalCode, String lines) {
        Address address = new Address("Name", null, "Street 1", null, city, state, postalCode, country, null);

        assertThat(String.join("/", withoutNameAndCountry(address))).endsWith("Street 1/" + lines);
    }

    @ParameterizedTest
    @CsvSource({"JP, 千代田区, JP13, 東京都千代田区", "JP, 千代田区, Tokyo, 東京都千代田区", "CN, 广州市, CN20, 广东省广州市",
            "CN, 北京市, CN2, 北京市", "CN, 北京, CN2, 北京市", "CN, 吉林, CN-JL, 吉林省吉林", "JP, 東京, JP13, 東京都", "TW, 台北, TPE, 台北市",
            "KR, 서울, 11, 서울특별시", "TH, ปทุมวัน, TH-10, กรุงเทพมหานคร",
            "KR, 수원시, 41, 경기도 수원시", "AE, دبي, DU, دبي", "HK, 中環, HONG KONG ISLAND, 香港島", "HK, 旺角, KL, 九龍",
            "RU, Химки, MOS, Московская область"})
    void stateInTheScriptOfTheAddress(String country, String city, String state, String line) {
        Address address = new Address("Name", null, "1", null, city, state, null, country, null);

        assertThat(withoutNameAndCountry(address)).contains(line);
    }

    @ParameterizedTest
    @CsvSource({"SE, S-111 51, SE-111 51 City", "SE, SE-111 51, SE-111 51 City", "SE, 11151, SE-111 51 City",
            "FI, FIN-00100, FI-00100 City", "FI, SF-00100, FI-00100 City", "CH, ch 8001, CH-8001 City",
            "DE, D-10117, 10117 City", "DE, DE 10117, 10117 City", "DE, DEU-10117, 10117 City", "AT, A-1010, 1010 City",
            "FR, F-75002, 75002 City", "IT, I-20121, 20121 City", "ES, E-28013, 28013 City", "NO, N-0150, 0150 City",
            "DK, DK-1050, 1050 City", "LU, L 1111, L-1111 City", "BE, B-1000, 1000 City",
            "NL, NL-1012 LG, 1012 LG City",
            "LI, CH-9490, FL-9490 City", "LI, FL-9490, FL-9490 City", "LT, LT-01100, LT-01100 City",
            "LV, 1010, 'City, LV-1010'", "LV, LV 1010, 'City, LV-1010'", "LV, LV-1010, 'City, LV-1010'",
            "PL, PL-90-001, 90-001 City", "AZ, AZ1000, AZ 1000 City", "AD, 500, AD500 City", "GB, GB-NW1 6XE, NW1 6XE",
            "KR, 〒04524, 04524", "JP, 〒100-0001, 100-0001", "US, US-10118, City 10118",
            // of another form, or letters of another country
            "DE, A-10117, A-10117 City", "US, NY 10118, City NY 10118", "CH, CH-80011, CH-80011 City"})
    void postalCodeWithoutAForeignPrefix(String country, String postalCode, String line) {
        assertThat(withoutNameAndCountry(new Address("Name", "Street 1", "City", postalCode, country)))
                .contains(line);
    }

    @Test
    void domesticPostalCodeHasNoPrefix() {
        for (String code : List.of("111 51", "S-111 51", "SE-111 51")) {
            Address address = new Address("Ada", "Gatan 1", "Stockholm", code, "SE");
            assertThat(texts(PostalAddress.lines(address, "SE"))).endsWith("111 51 Stockholm");
            assertThat(texts(PostalAddress.lines(address, "DE"))).endsWith("SE-111 51 Stockholm", "SWEDEN");
        }
        Address japan = new Address("山田", null, "千代田1-1", null, "千代田区", "JP13", "100-0001", "JP", null);
        assertThat(texts(PostalAddress.lines(japan, "JP"))).startsWith("〒100-0001", "東京都千代田区");
        Address latvia = new Address("Ada", "Iela 1", "Rīga", "1010", "LV");
        assertThat(texts(PostalAddress.lines(latvia, "LV"))).endsWith("Rīga, LV-1010");
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

    /** Shops send something where a form demands a state. */
    @Test
    void stateWithoutALetter_isNone() {
        for (String country : Locale.getISOCountries()) {
            Address without = new Address("Ada", null, "Street 1", null, "City", null, "12345", country, null);
            for (String nothing : List.of("-", "--", ".", "?", "－")) {
                Address with = new Address("Ada", null, "Street 1", null, "City", nothing, "12345", country, null);
                assertThat(text(with)).as("%s: %s", country, nothing).isEqualTo(text(without));
            }
            Address coded = new Address("Ada", null, "Street 1", null, "City", country + "-", "12345", country, null);
            assertThat(text(coded)).as(country)
                    .hasSizeBetween(text(without).size(), text(without).size() + 1)
                    .allMatch(line -> text(without).contains(line) || line.contains(country + "-"));
        }
    }

    @Test
    void cityThatIsCalledLikeItsCountry_doesNotStandForIt() {
        for (String[] place : new String[][]{{"PA", "Panama", "PANAMA"}, {"KW", "Kuwait", "KUWAIT"}}) {
            Address address = new Address("Ada", null, "1", null, place[1], null, null, place[0], null);
            assertThat(text(address)).endsWith(place[1], place[2]);
        }
        assertThat(text(new Address("Ada", null, "1", null, null, null, "048616", "SG", null)))
                .endsWith("SINGAPORE 048616", "SINGAPORE");
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

    private static List<String> withoutNameAndCountry(Address address) {
        List<String> lines = PostalAddress.lines(address, null)
                .stream()
                .filter(line -> !line.name())
                .map(AddressLine::text)
                .toList();
        return lines.subList(0, lines.size() - 1);
    }

    private static List<String> text(Address address) {
        return texts(PostalAddress.lines(address, null));
    }

    private static List<String> texts(List<AddressLine> lines) {
        return lines.stream().map(AddressLine::text).toList();
    }

    @ParameterizedTest
    @CsvSource({"CA, h3g1p1, H3G 1P1", "CA, H3G-1P1, H3G 1P1", "GB, w1a1aa, W1A 1AA", "GB, m25bq, M2 5BQ",
            "NL, 1012lg, 1012 LG", "BR, 01310200, 01310-200", "PT, 1100048, 1100-048", "PL, 00624, 00-624",
            "JP, 1500041, 150-0041", "IE, D06AF30, D06 AF30", "CZ, 11000, 110 00", "SK, 81101, 811 01",
            "GR, 10563, 105 63", "MT, VLT1117, VLT 1117", "US, 221621010, 22162-1010", "US, 10118, 10118",
            "FR, 75 002, 75002", "BN, BT2328, BT2328", "DE, 10 117, 10117", "LV, lv1010, LV-1010",
            "GB, no code, no code"})
    void postalCodeAsItsPostWritesIt(String country, String sent, String written) {
        assertThat(PostalCode.written(sent, country)).isEqualTo(written);
    }
}
