/// What became of an import.
package struct ImportReport: Sendable, Hashable {
    package var records = 0
    package var ties = 0
    /// Ties whose other record is not there: such records belong to nobody.
    package var openTies = 0
    /// Columns that only the CRM itself sets, by file.
    package var skipped: [String: [String]] = [:]

    /// One line a fact, for people.
    package var lines: [String] {
        var lines = ["\(self.records) records imported, \(self.ties) ties between them."]
        if self.openTies > 0 {
            lines.append("\(self.openTies) ties name no record that is there, and were left out.")
        }
        for (file, columns) in self.skipped.sorted(by: { $0.key < $1.key }) {
            lines.append(
                "\(file): \(columns.joined(separator: ", ")) left out: the CRM sets them itself."
            )
        }
        return lines
    }
}
