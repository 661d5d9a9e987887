/// Date literals such as `TODAY` and `LAST_N_DAYS:7`, in UTC.
enum SOQLPeriod {
    static func isKnown(_ name: String) -> Bool {
        self.range(name, now: 0) != nil
    }

    /// The half-open range of milliseconds that the literal names.
    static func range(_ name: String, now: Int64) -> Range<Int64>? {
        let day = SalesforceTime.day
        let today = SalesforceTime.startOfDay(now)
        let parts = name.split(separator: ":")
        if parts.count == 2, let count = Int64(parts[1]), (0...10_000).contains(count) {
            switch parts[0] {
            case "LAST_N_DAYS": return today - count * day..<today + day
            case "NEXT_N_DAYS": return today + day..<today + (count + 1) * day
            case "N_DAYS_AGO": return today - count * day..<today - (count - 1) * day
            default: return nil
            }
        }
        let civil = SalesforceTime.civil(now)
        switch name {
        case "TODAY": return today..<today + day
        case "YESTERDAY": return today - day..<today
        case "TOMORROW": return today + day..<today + 2 * day
        case "THIS_MONTH": return Self.months(civil.year, civil.month)
        case "LAST_MONTH":
            return Self.months(
                civil.month == 1 ? civil.year - 1 : civil.year,
                civil.month == 1 ? 12 : civil.month - 1
            )
        case "THIS_YEAR": return Self.year(civil.year)
        case "LAST_YEAR": return Self.year(civil.year - 1)
        case "THIS_WEEK", "LAST_WEEK":
            // Weeks start on Sunday; day 0 of 1970 was a Thursday.
            let sunday = today - SalesforceTime.modulo(today / day + 4, 7) * day
            let start = name == "THIS_WEEK" ? sunday : sunday - 7 * day
            return start..<start + 7 * day
        default: return nil
        }
    }

    private static func months(_ year: Int64, _ month: Int64) -> Range<Int64> {
        let start = SalesforceTime.days(year: year, month: month, day: 1)
        let end = SalesforceTime.days(
            year: month == 12 ? year + 1 : year,
            month: month == 12 ? 1 : month + 1,
            day: 1
        )
        return start * SalesforceTime.day..<end * SalesforceTime.day
    }

    private static func year(_ year: Int64) -> Range<Int64> {
        let start = SalesforceTime.days(year: year, month: 1, day: 1) * SalesforceTime.day
        return start..<SalesforceTime.days(year: year + 1, month: 1, day: 1) * SalesforceTime.day
    }
}
