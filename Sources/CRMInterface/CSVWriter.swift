/// Writes comma-separated rows (RFC 4180) straight into bytes; lines end with a line feed.
package struct CSVWriter: Sendable {
    package private(set) var bytes: [UInt8] = []

    package init(reserving count: Int = 0) {
        self.bytes.reserveCapacity(count)
    }

    package mutating func row(_ values: some Sequence<String>) {
        var isFirst = true
        for value in values {
            if !isFirst { self.bytes.append(0x2C) }
            isFirst = false
            self.write(value)
        }
        self.bytes.append(0x0A)
    }

    private mutating func write(_ value: String) {
        // A blank at an end is kept by quotes too.
        let needsQuotes =
            value.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
            || value.first == " " || value.last == " "
        guard needsQuotes else {
            self.bytes.append(contentsOf: value.utf8)
            return
        }
        self.bytes.append(0x22)
        for byte in value.utf8 {
            if byte == 0x22 { self.bytes.append(byte) }
            self.bytes.append(byte)
        }
        self.bytes.append(0x22)
    }
}
