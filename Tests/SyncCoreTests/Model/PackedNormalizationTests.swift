import SyncCore
import Testing

struct PackedNormalizationTests {
    private static let texts = [
        "", " ", "a", " a", "a ", "a b", "A@Example.com", "a@example.com", "é@x.de", "É@X.de",
        "x\ry",
        "x\r\ny\n", "\tx", "true", "YES", "0", "1.50", "+1e3", "-0", "2026-11-29",
        "2026-11-29T10:00:00.123+02:00", "1764410400000", "b;a;;b", ";", "no number",
        "00", "007", "-5", "-0.5", "-0.0", "1.", ".5", "1.05", "12345.6789", "10", "1.5.2", "1a",
        "-", "-a", "-.5",
        "2026-11-9", "9999-12-31", "2026/11/29", "2026-13-01", "2026-02-30", "20261-1-29", "true ",
        "True", "false",
    ]

    @Test(arguments: FieldType.allCases)
    func `text is packed as its normal form, or as it is where it has none`(type: FieldType) {
        for text in Self.texts {
            let bytes = Array(text.utf8)
            var builder = RecordBlobBuilder()
            builder.begin(fields: 1)
            bytes.withUnsafeBufferPointer {
                Normalization.append(fromWire: $0, type: type, to: &builder)
            }
            let normal =
                Normalization.value(fromWire: bytes, shape: FieldShape(type: type))
                ?? FieldValue(bytes: bytes)
            #expect(builder.blob() == RecordBlob(values: [normal]), "\(type) \(text)")
        }
    }
}
