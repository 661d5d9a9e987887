import CRMInterface
import Testing

/// Files of rows, as both CRMs' jobs read and write them.
struct CSVTests {
    @Test(arguments: [
        ("a,b\n1,2\n", [["a", "b"], ["1", "2"]], false),
        ("a,b\r\n1,\r\n\r\n", [["a", "b"], ["1", ""]], false),
        ("\u{FEFF}a\n\"x, \"\"y\"\"\nz\"", [["a"], ["x, \"y\"\nz"]], false),
        ("a\n\"cut", [["a"]], true), ("", [], false), ("\n\n", [], false),
        (",", [["", ""]], false),
        ("\"a\"b,c", [["a", "c"]], false), ("ö,😀", [["ö", "😀"]], false),
    ])
    func `rows are read as they stand`(text: String, rows: [[String]], isCut: Bool) {
        var reader = CSVReader(Array(text.utf8))
        var read: [[String]] = []
        while let row = reader.next() { read.append(row) }
        #expect(read == rows)
        #expect(reader.isCut == isCut)
    }

    @Test func `what is written is read again`() {
        let rows = [["a", "b c"], ["x,y", "\"q\""], ["two\nlines", ""], [" edge ", "ö"]]
        var writer = CSVWriter()
        for row in rows { writer.row(row) }
        #expect(Array(CSVReader(writer.bytes)) == rows)
    }

    @Test func `any bytes at all are read to an end`() {
        for seed in 0..<400 {
            let bytes = (0..<24).map { place in
                [0x22, 0x2C, 0x0A, 0x0D, 0x61, 0xFF, 0xEF][(seed &* 31 &+ place &* place) % 7]
                    as UInt8
            }
            var count = 0
            for _ in CSVReader(bytes) { count += 1 }
            #expect(count <= bytes.count)
        }
    }
}
