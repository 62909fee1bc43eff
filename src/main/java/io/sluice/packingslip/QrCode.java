package io.sluice.packingslip;

import java.util.Map;

import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;

/** A QR code (ISO/IEC 18004) as horizontal bars of dark modules. */
record QrCode(ByteMatrix matrix) {
    /** Readable with up to 25 % damage. */
    private static final ErrorCorrectionLevel LEVEL = ErrorCorrectionLevel.Q;

    /** A fixed mask: all eight are readable, and choosing the best takes longer than drawing the slip. */
    private static final int MASK = 3;

    interface Bar {
        void draw(int column, int row, int length);
    }

    static QrCode of(String text) {
        try {
            return new QrCode(Encoder
                    .encode(text, LEVEL,
                            Map.of(EncodeHintType.CHARACTER_SET, "UTF-8", EncodeHintType.QR_MASK_PATTERN, MASK))
                    .getMatrix());
        } catch (WriterException tooLong) {
            throw new IllegalArgumentException("The text is too long for a QR code", tooLong);
        }
    }

    /** The modules per side, without the quiet zone of four modules. */
    int modules() {
        return matrix.getWidth();
    }

    /** Calls {@code bar} for every horizontal run of dark modules. */
    void eachBar(Bar bar) {
        for (int row = 0; row < modules(); row++) {
            int column = 0;
            while (column < modules()) {
                int end = column;
                while (end < modules() && matrix.get(end, row) == 1) {
                    end++;
                }
                if (end > column) {
                    bar.draw(column, row, end - column);
                }
                column = end + 1;
            }
        }
    }
}
