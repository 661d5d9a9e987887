/// How a file writes its dates: `dd`, `MM` and `yy` or `yyyy` with one-letter marks between them.
struct ImportDate: Sendable {
    let form: String
    private let parts: [Substring]
    private let mark: Character

    /// `nil` for what is no form.
    init?(_ form: String) {
        guard let mark = form.first(where: { !$0.isLetter }) else { return nil }
        let parts = form.split(separator: mark)
        guard parts.count == 3, parts.contains("dd"), parts.contains("MM"),
            parts.contains("yy") || parts.contains("yyyy")
        else { return nil }
        self.form = form
        self.parts = parts
        self.mark = mark
    }

    /// Such as `2026-11-22`, or `nil` for what is no such date.
    ///
    /// Two digits of a year are of this century.
    func iso(_ text: String) -> String? {
        let numbers = text.split(separator: self.mark, omittingEmptySubsequences: false)
        guard numbers.count == 3, numbers.allSatisfy({ Int($0) != nil }) else { return nil }
        var found: [Substring: String] = [:]
        for (part, number) in zip(self.parts, numbers) {
            found[part.prefix(2)] = part == "yy" ? "20\(number)" : String(number)
        }
        guard let year = found["yy"], let month = found["MM"], let day = found["dd"],
            year.count == 4
        else { return nil }
        return "\(year)-\(Self.two(month))-\(Self.two(day))"
    }

    private static func two(_ number: String) -> String {
        number.count < 2 ? "0\(number)" : number
    }
}
