package io.sluice.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import com.sun.management.ThreadMXBean;

import io.sluice.order.Address;
import io.sluice.packingslip.PaperSize;
import io.sluice.packingslip.Press;
import io.sluice.packingslip.Sender;
import io.sluice.packingslip.Slip;

/**
 * Measures the CPU time, the garbage and the size of a packing slip with three lines. Runs only on request; see
 * {@code docs/benchmarks.md}.
 */
class SlipBenchmark {
    private static final int SLIPS = Integer.getInteger("bench.slips", 3000);
    /** Where to keep a slip of each kind, or null. */
    private static final String KEEP = System.getProperty("bench.keep");
    private static final List<Slip.Line> LINES = List.of(new Slip.Line("MUG-BLUE-350", "Enamel mug, navy, 350 ml", 2),
            new Slip.Line("TEA-EG-100", "Earl Grey loose leaf tea, 100 g", 1),
            new Slip.Line("BOX-OAK-S", "Oak box with lid, small", 1));

    @Test
    void slipOfOneOrder() throws IOException {
        Press press = new Press(new Sender("The Lockkeeper's Shop", List.of("Canal Street 12", "London SE1 7PB"), "GB"),
                PaperSize.A4, ZoneOffset.UTC, null);
        System.out.println("recipient | CPU, µs | allocated, KB | file, KB");
        for (Map.Entry<String, Address> recipient : recipients().entrySet()) {
            if (!recipient.getKey().matches(System.getProperty("bench.recipients", ".*"))) {
                continue;
            }
            run(press, recipient.getValue(), SLIPS / 2);
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long cpu = threads.getCurrentThreadCpuTime();
            long allocated = threads.getCurrentThreadAllocatedBytes();
            long bytes = run(press, recipient.getValue(), SLIPS);
            System.out.printf("%s | %d | %d | %.1f%n", recipient.getKey(),
                    (threads.getCurrentThreadCpuTime() - cpu) / 1000 / SLIPS,
                    (threads.getCurrentThreadAllocatedBytes() - allocated) / 1000 / SLIPS, bytes / 1000.0 / SLIPS);
            if (KEEP != null) {
                Files.write(Path.of(KEEP).resolve(recipient.getKey() + ".pdf"),
                        press.pdf(slip(0, recipient.getValue())));
            }
        }
    }

    /** Draws slips and returns their bytes. */
    private static long run(Press press, Address recipient, int slips) {
        long bytes = 0;
        for (int i = 0; i < slips; i++) {
            bytes += press.pdf(slip(i, recipient)).length;
        }
        return bytes;
    }

    private static Slip slip(int i, Address recipient) {
        return new Slip(new UUID(0x0192f0c47d1e7a55L, i), "webshop", "WEB-" + (1000 + i),
                Instant.parse("2026-03-02T09:30:12Z"), recipient, LINES, null, null, false);
    }

    private static Map<String, Address> recipients() {
        Map<String, Address> all = new LinkedHashMap<>();
        all.put("English", new Address("Ada Byron", "St James's Square 12", "London", "SW1Y 4JH", "GB"));
        all.put("German", new Address("Jürgen Groß", "Mönckebergstraße 7", "Köln", "50667", "DE"));
        all.put("Thai", new Address("สมชาย ใจดี", "99/1 ถนนสุขุมวิท", "กรุงเทพมหานคร", "10110", "TH"));
        all.put("Arabic", new Address("محمد الخطيب", "شارع التحرير 12", "القاهرة", "11511", "EG"));
        all.put("Chinese", new Address("张伟", "建国门外大街1号", "北京市朝阳区", "100004", "CN"));
        all.put("Korean", new Address("김민준", "테헤란로 152", "서울특별시 강남구", "06236", "KR"));
        all.put("Hindi", new Address("अमिताभ शर्मा", "महात्मा गांधी मार्ग 5", "मुंबई", "400001", "IN"));
        return all;
    }
}
