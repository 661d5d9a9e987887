/// Date literals such as `TODAY` and `LAST_N_DAYS:7`, in UTC; fiscal years are calendar years.
enum SOQLPeriod {
    static func isKnown(_ name: String) -> Bool {
        self.range(name, now: 0) != nil
    }

    /// The half-open range of milliseconds that the literal names.
    static func range(_ name: String, now: Int64) -> Range<Int64>? {
        let today = SalesforceTime.startOfDay(now)
        let parts = name.split(separator: ":", omittingEmptySubsequences: false)
        if parts.count == 2, let count = Int64(parts[1]), (0...10_000).contains(count) {
            return Self.counted(String(parts[0]), count, now)
        }
        switch name {
        case "TODAY": return Self.days(today, 0, 1)
        case "YESTERDAY": return Self.days(today, -1, 0)
        case "TOMORROW": return Self.days(today, 1, 2)
        case "LAST_90_DAYS": return Self.days(today, -90, 1)
        case "NEXT_90_DAYS": return Self.days(today, 1, 91)
        default: break
        }
        let words = name.split(separator: "_")
        let offsets: [Substring: Int64] = ["LAST": -1, "THIS": 0, "NEXT": 1]
        guard (2...3).contains(words.count), let offset = offsets[words[0]],
            words.count == 2 || words[1] == "FISCAL", let unit = words.last,
            words.count == 2 || unit == "QUARTER" || unit == "YEAR"
        else { return nil }
        return Self.units(String(unit), from: offset, to: offset + 1, now)
    }

    /// `LAST_N_WEEKS:4`, `NEXT_N_DAYS:3`, `N_MONTHS_AGO:2`.
    private static func counted(_ name: String, _ count: Int64, _ now: Int64) -> Range<Int64>? {
        let today = SalesforceTime.startOfDay(now)
        let words = name.split(separator: "_").filter { $0 != "FISCAL" }
        guard words.count == 3,
            let plural = words.first(where: { $0.count > 3 && $0.hasSuffix("S") })
        else { return nil }
        let unit = String(plural.dropLast())
        switch (words[0], words[1], words[2]) {
        case ("LAST", "N", _):
            // The last days reach to the end of today, longer units to the end of the last one.
            return unit == "DAY"
                ? Self.days(today, -count, 1) : Self.units(unit, from: -count, to: 0, now)
        case ("NEXT", "N", _):
            return unit == "DAY"
                ? Self.days(today, 1, count + 1) : Self.units(unit, from: 1, to: count + 1, now)
        case ("N", _, "AGO"):
            return unit == "DAY"
                ? Self.days(today, -count, 1 - count)
                : Self.units(unit, from: -count, to: 1 - count, now)
        default: return nil
        }
    }

    private static func days(_ today: Int64, _ from: Int64, _ to: Int64) -> Range<Int64> {
        today + from * SalesforceTime.day..<today + to * SalesforceTime.day
    }

    /// Whole units, counted from the one that `now` lies in.
    private static func units(
        _ unit: String,
        from: Int64,
        to: Int64,
        _ now: Int64
    ) -> Range<Int64>? {
        let civil = SalesforceTime.civil(now)
        switch unit {
        case "WEEK":
            // Weeks start on Sunday; day 0 of 1970 was a Thursday.
            let today = SalesforceTime.startOfDay(now)
            let day = SalesforceTime.modulo(today / SalesforceTime.day + 4, 7)
            return Self.days(today, from * 7 - day, to * 7 - day)
        case "MONTH":
            let month = civil.year * 12 + civil.month - 1
            return Self.start(ofMonth: month + from)..<Self.start(ofMonth: month + to)
        case "QUARTER":
            let month = civil.year * 12 + (civil.month - 1) / 3 * 3
            return Self.start(ofMonth: month + from * 3)..<Self.start(ofMonth: month + to * 3)
        case "YEAR":
            let month = civil.year * 12
            return Self.start(ofMonth: month + from * 12)..<Self.start(ofMonth: month + to * 12)
        default: return nil
        }
    }

    /// Months are counted from the start of the year 0.
    private static func start(ofMonth month: Int64) -> Int64 {
        let inYear = SalesforceTime.modulo(month, 12)
        let year = (month - inYear) / 12
        return SalesforceTime.days(year: year, month: inYear + 1, day: 1) * SalesforceTime.day
    }
}
