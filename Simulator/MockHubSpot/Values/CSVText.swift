/// Comma-separated values (RFC 4180), as imports read and exports write them.
enum CSVText {
    /// The rows of a text; `nil` where a quoted field does not end.
    static func rows(_ bytes: some Sequence<UInt8>) -> [[String]]? {
        var rows: [[String]] = []
        var row: [String] = []
        var field: [UInt8] = []
        var isQuoted = false
        var wasQuote = false
        var isOpen = false
        func text() -> String { String(decoding: field, as: UTF8.self) }
        for byte in Self.withoutMark(bytes) {
            if isQuoted {
                if wasQuote {
                    wasQuote = false
                    if byte == 0x22 {
                        field.append(byte)
                        continue
                    }
                    isQuoted = false
                } else if byte == 0x22 {
                    wasQuote = true
                    continue
                } else {
                    field.append(byte)
                    continue
                }
            }
            switch byte {
            case 0x22 where field.isEmpty:
                isQuoted = true
                isOpen = true
            case 0x2C:
                row.append(text())
                field = []
                isOpen = true
            case 0x0D: break
            case 0x0A:
                if isOpen || !field.isEmpty { rows.append(row + [text()]) }
                (row, field, isOpen) = ([], [], false)
            default:
                field.append(byte)
                isOpen = true
            }
        }
        guard !isQuoted || wasQuote else { return nil }
        if isOpen || !field.isEmpty { rows.append(row + [text()]) }
        return rows
    }

    static func line(_ fields: [String]) -> String {
        fields.map { field in
            let isPlain = !field.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
            return isPlain ? field : "\"" + field.replacing("\"", with: "\"\"") + "\""
        }.joined(separator: ",") + "\n"
    }

    /// Spreadsheet programs put a byte order mark first.
    private static func withoutMark(_ bytes: some Sequence<UInt8>) -> ArraySlice<UInt8> {
        let all = Array(bytes)
        return all.starts(with: [0xEF, 0xBB, 0xBF]) ? all.dropFirst(3) : all[...]
    }
}
