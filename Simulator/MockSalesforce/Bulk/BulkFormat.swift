import SwiftCSV

/// How a job's CSV is written: what separates its columns and ends its lines.
struct BulkFormat: Sendable, Codable {
    /// The vendor's names and their characters.
    private static let delimiters: [String: Character] = [
        "BACKQUOTE": "`", "CARET": "^", "COMMA": ",", "PIPE": "|", "SEMICOLON": ";", "TAB": "\t",
    ]

    let delimiterName: String
    let lineEndingName: String
    /// Whether lines may end otherwise: the first Bulk API asks nobody for an ending.
    var takesAnyLineEnding = false
    private var delimiter: Character { Self.delimiters[self.delimiterName] ?? "," }

    /// `nil` for a name that the vendor does not know.
    init?(delimiter: String, lineEnding: String) {
        guard Self.delimiters[delimiter] != nil, ["LF", "CRLF"].contains(lineEnding) else {
            return nil
        }
        self.delimiterName = delimiter
        self.lineEndingName = lineEnding
    }

    /// Whether the header's line ends as the job says: that line has no quoted break.
    func hasItsLineEnding(_ bytes: [UInt8]) -> Bool {
        guard !self.takesAnyLineEnding, let end = bytes.firstIndex(of: 0x0A) else { return true }
        let isDouble = end > 0 && bytes[end - 1] == 0x0D
        return isDouble == (self.lineEndingName == "CRLF")
    }

    /// The header and the rows of an upload; `nil` where its quotes do not match.
    func parse(_ bytes: [UInt8]) -> (header: [String], rows: [[String]])? {
        var text = String(decoding: bytes, as: UTF8.self)
        if text.first == "\u{FEFF}" { text.removeFirst() }
        guard
            let table = try? EnumeratedCSV(
                string: text,
                delimiter: .character(self.delimiter),
                loadColumns: false
            )
        else { return nil }
        return (table.header, table.rows)
    }

    /// Appends a line, every cell in quotes.
    func write(_ cells: some Sequence<String>, to bytes: inout [UInt8]) {
        var isFirst = true
        for cell in cells {
            if !isFirst { bytes.append(contentsOf: String(self.delimiter).utf8) }
            isFirst = false
            bytes.append(UInt8(ascii: "\""))
            for byte in cell.utf8 {
                if byte == UInt8(ascii: "\"") { bytes.append(byte) }
                bytes.append(byte)
            }
            bytes.append(UInt8(ascii: "\""))
        }
        if self.lineEndingName == "CRLF" { bytes.append(0x0D) }
        bytes.append(0x0A)
    }
}
