/// What numbers the settings may have: no more than the simulated CRMs can work with.
enum SettingBounds {
    /// Longer than anybody waits, and far from what overflows: thirty thousand years in milliseconds.
    private static let wholeMax: Int64 = 1_000_000_000_000_000

    private static let special: [String: ClosedRange<Int64>] = [
        // Hours of the earth's time zones.
        "utcOffset": -43_200_000...50_400_000,
        "pageRowsMax": 1...2_000,
        "searchRowsMax": 1...200,
        "tiesPageMax": 1...wholeMax,
        "oldTiesPageMax": 1...wholeMax,
        "inlineTiesMax": 1...wholeMax,
        "replicationIDsMax": 1...wholeMax,
        "historyVersionsMax": 1...1_000,
        "eventsPerRequestMax": 1...1_000,
        "eventsPerReplyMax": 1...10_000,
        "interval": 1...86_400_000,
        "urlMax": 100...1_000_000,
        "burstMax": 1...1_000_000,
        "everyNth": 1...wholeMax,
        "lossPercent": 0...100,
        "duplicatePercent": 0...100,
        "retryJitterPercent": 0...100,
        "status": 400...599,
        "retiredStatus": 400...599,
        "expiredPasswordStatus": 400...499,
        "unauthorizedStatus": 200...499,
        "retryAfter": 0...86_400,
        "latencyMilliseconds": 0...600_000,
        "length": 1...131_072,
        "precision": 1...18,
        "scale": 0...17,
        "decimalPlaces": 0...6,
    ]

    static func whole(of path: String) -> ClosedRange<Int64> {
        let name = Self.name(path)
        if let range = Self.special[name] { return range }
        // "Every so many": never is null.
        if name.contains("EveryNth") { return 1...Self.wholeMax }
        return 0...Self.wholeMax
    }

    static func wholeText(of path: String) -> String {
        let range = Self.whole(of: path)
        return range.upperBound == Self.wholeMax
            ? "a whole number from \(range.lowerBound) on"
            : "a whole number from \(range.lowerBound) to \(range.upperBound)"
    }

    static func decimals(of path: String) -> ClosedRange<Double> {
        switch Self.name(path) {
        case "percentageMin": 0...1
        case "conversionRate": 0.000_001...1_000_000_000_000
        default: -1e15...1e15
        }
    }

    static func decimalText(of path: String) -> String {
        let range = Self.decimals(of: path)
        return "a number from \(range.lowerBound) to \(range.upperBound)"
    }

    /// The last name of a path, without the place in a list.
    private static func name(_ path: String) -> String {
        let last = path.split(separator: ".").last ?? ""
        return String(last.prefix { $0 != "[" })
    }
}
