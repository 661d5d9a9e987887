/// One line of `docs/parity.md`.
struct ParityRow {
    /// What may be said of a behaviour; the first two need a test.
    static let states = ["works", "differently", "not yet", "not wanted"]

    /// The vendor's behaviours by letter, each numbered from 1.
    static let counts: [(letter: String, count: Int)] = [
        ("S", 72), ("C", 29), ("I", 12), ("A", 10), ("D", 12), ("V", 16), ("M", 12), ("O", 7),
        ("L", 6), ("X", 10),
    ]

    /// All of them, as `S01`.
    static let ids = counts.flatMap { letter, count in
        (1...count).map { letter + ($0 < 10 ? "0" : "") + String($0) }
    }

    var id: String
    var state: String
    var text: String
    /// `Suite / name of the test`.
    var tests: [String]

    /// `nil` for a line that is none of the tables'.
    init?(_ line: String) {
        let cells = line.split(separator: "|", omittingEmptySubsequences: false)
            .map { $0.split(separator: " ").joined(separator: " ") }
        guard cells.count == 6, let letter = cells[1].first, letter.isUppercase,
            cells[1].dropFirst().allSatisfy(\.isNumber), cells[1].count == 3
        else { return nil }
        self.id = cells[1]
        self.state = cells[2]
        self.text = cells[3]
        self.tests = cells[4].split(separator: "<br>").map(String.init)
    }
}
