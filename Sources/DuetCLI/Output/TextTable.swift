/// Columns that line up; the first is left-aligned, the others are numbers.
package struct TextTable: Sendable {
    package var header: [String]
    package var rows: [[String]]
    /// Columns that hold text and not numbers.
    package var textColumns: Set<Int>

    package init(header: [String], rows: [[String]], textColumns: Set<Int> = [0]) {
        self.header = header
        self.rows = rows
        self.textColumns = textColumns
    }

    package func lines() -> [String] {
        let all = [self.header] + self.rows
        let widths = self.header.indices.map { column in
            all.map { $0[column].count }.max() ?? 0
        }
        return all.map { row in
            let cells = row.enumerated().map { column, text in
                let padding = String(repeating: " ", count: widths[column] - text.count)
                return self.textColumns.contains(column) ? text + padding : padding + text
            }
            return ("  " + cells.joined(separator: "  ")).trimmingEnd()
        }
    }
}

extension String {
    /// Without blanks at the end, so that copied output has none.
    func trimmingEnd() -> String {
        var text = self[...]
        while text.last == " " { text = text.dropLast() }
        return String(text)
    }
}
