/// Reads comma-separated rows (RFC 4180) out of a body one by one: the body is never copied, and only
/// the row at hand is held.
package struct CSVReader: Sequence, IteratorProtocol {
    private let bytes: [UInt8]
    private var place: Int
    /// Whether the text ended inside a quoted value: the last row is not whole then, and is not given.
    package private(set) var isCut = false

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
        // Spreadsheet programs put a byte order mark first.
        self.place = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// The values of the next row; `nil` after the last one.
    ///
    /// Empty lines are passed over.
    package mutating func next() -> [String]? {
        while self.place < self.bytes.count {
            if [0x0A, 0x0D].contains(self.bytes[self.place]) {
                self.place += 1
                continue
            }
            return self.row()
        }
        return nil
    }

    private mutating func row() -> [String]? {
        var row: [String] = []
        while true {
            let isQuoted = self.place < self.bytes.count && self.bytes[self.place] == 0x22
            guard let value = isQuoted ? self.quoted() : self.plain() else {
                self.isCut = true
                self.place = self.bytes.count
                return nil
            }
            row.append(value)
            guard self.place < self.bytes.count, self.bytes[self.place] == 0x2C else { return row }
            self.place += 1
        }
    }

    private mutating func plain() -> String? {
        let start = self.place
        while self.place < self.bytes.count, ![0x2C, 0x0A, 0x0D].contains(self.bytes[self.place]) {
            self.place += 1
        }
        return String(decoding: self.bytes[start..<self.place], as: UTF8.self)
    }

    /// A value in quotes, whose own quotes are doubled; `nil` where it does not end.
    private mutating func quoted() -> String? {
        var value: [UInt8] = []
        self.place += 1
        while self.place < self.bytes.count {
            let byte = self.bytes[self.place]
            self.place += 1
            guard byte == 0x22 else {
                value.append(byte)
                continue
            }
            guard self.place < self.bytes.count, self.bytes[self.place] == 0x22 else {
                // What stands between the quote and the comma belongs to nothing.
                _ = self.plain()
                return String(decoding: value, as: UTF8.self)
            }
            value.append(byte)
            self.place += 1
        }
        return nil
    }
}
