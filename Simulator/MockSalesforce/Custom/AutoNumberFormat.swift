/// Counted names and numbers: `P-{0000}`, with `{YYYY}`, `{YY}`, `{MM}` and `{DD}` of the day.
enum AutoNumberFormat {
    private static let lengthMax = 30

    /// Whether it has one place for the number and nothing unknown in braces.
    static func isValid(_ format: String) -> Bool {
        guard format.utf8.count <= Self.lengthMax else { return false }
        var numbers = 0
        for part in format.split(separator: "{", omittingEmptySubsequences: false).dropFirst() {
            guard let end = part.firstIndex(of: "}") else { return false }
            let word = part[..<end]
            if word.isEmpty { return false }
            if word.allSatisfy({ $0 == "0" }) {
                numbers += 1
            } else if !["YYYY", "YY", "MM", "DD"].contains(word) {
                return false
            }
        }
        return numbers == 1
    }

    static func text(_ format: String, _ number: Int, at now: Int64) -> String {
        let day = SalesforceTime.formatDate(now)
        var text = ""
        var rest = format[...]
        while let start = rest.firstIndex(of: "{"), let end = rest[start...].firstIndex(of: "}") {
            text += rest[..<start]
            let word = rest[rest.index(after: start)..<end]
            switch word {
            case "YYYY": text += day.prefix(4)
            case "YY": text += day.prefix(4).suffix(2)
            case "MM": text += day.dropFirst(5).prefix(2)
            case "DD": text += day.suffix(2)
            default:
                let digits = String(number)
                text += String(repeating: "0", count: max(0, word.count - digits.count)) + digits
            }
            rest = rest[rest.index(after: end)...]
        }
        return text + rest
    }
}
