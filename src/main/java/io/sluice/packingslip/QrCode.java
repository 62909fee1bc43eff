package io.sluice.packingslip;

import java.util.Map;

import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;

/** A QR code (ISO/IEC 18004) as bars of dark modules, to be drawn sharp at any size. */
record QrCode(ByteMatrix matrix) {
    /** A quarter of it may be smudged. */
    private static final ErrorCorrectionLevel LEVEL = ErrorCorrectionLevel.Q;

    /** Any of the eight masks can be read; trying which looks best would take longer than the rest of a slip. */
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
            throw new IllegalArgumentException("This does not fit into a QR code", tooLong);
        }
    }

    /** Modules of one side. The four around it that must stay empty are not counted. */
    int modules() {
        return matrix.getWidth();
    }

    /** Each row's dark modules, neighbours taken together. */
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
