import Foundation

/// Where the show is printed: acts, sentences and small tables.
struct DemoStage: Sendable {
    private let isColored: Bool

    init() {
        let environment = ProcessInfo.processInfo.environment
        self.isColored =
            isatty(1) == 1 && environment["NO_COLOR"] == nil && environment["TERM"] != "dumb"
    }

    func act(_ letter: String, _ title: String) {
        self.say("")
        self.say(self.isColored ? "\u{1B}[1m(\(letter)) \(title)\u{1B}[0m" : "(\(letter)) \(title)")
    }

    func say(_ text: String) {
        FileHandle.standardOutput.write(Data((text + "\n").utf8))
    }

    /// Prints rows in columns; the first column is text, the others are aligned to the right.
    func table(_ rows: [[String]]) {
        guard let columns = rows.first?.count else { return }
        let widths = (0..<columns).map { column in rows.map { $0[column].count }.max() ?? 0 }
        for row in rows {
            let cells = row.enumerated().map { column, text in
                let padding = String(repeating: " ", count: widths[column] - text.count)
                return column == 0 ? text + padding : padding + text
            }
            self.say("    " + cells.joined(separator: "   "))
        }
    }
}
