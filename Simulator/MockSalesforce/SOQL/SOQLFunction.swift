/// What a statement can do to a field.
enum SOQLFunction: String, Sendable, Hashable, Codable {
    case count = "COUNT"
    case countDistinct = "COUNT_DISTINCT"
    case sum = "SUM"
    case average = "AVG"
    case minimum = "MIN"
    case maximum = "MAX"
    /// 1 in a subtotal over the field, else 0.
    case grouping = "GROUPING"
    case calendarYear = "CALENDAR_YEAR"
    case calendarQuarter = "CALENDAR_QUARTER"
    case calendarMonth = "CALENDAR_MONTH"
    case dayInYear = "DAY_IN_YEAR"
    case dayInMonth = "DAY_IN_MONTH"
    case dayInWeek = "DAY_IN_WEEK"
    case dayOnly = "DAY_ONLY"
    case hourInDay = "HOUR_IN_DAY"
    case weekInMonth = "WEEK_IN_MONTH"
    case weekInYear = "WEEK_IN_YEAR"
    case label = "TOLABEL"
    case format = "FORMAT"
    case convertCurrency = "CONVERTCURRENCY"

    var isAggregate: Bool {
        switch self {
        case .count, .countDistinct, .sum, .average, .minimum, .maximum: true
        case .calendarYear, .calendarQuarter, .calendarMonth, .dayInYear, .dayInMonth, .dayInWeek,
            .dayOnly, .hourInDay, .weekInMonth, .weekInYear, .label, .format, .convertCurrency,
            .grouping:
            false
        }
    }

    /// Whether it takes a part out of a date or a date and time.
    var isOfTime: Bool {
        switch self {
        case .calendarYear, .calendarQuarter, .calendarMonth, .dayInYear, .dayInMonth, .dayInWeek,
            .dayOnly, .hourInDay, .weekInMonth, .weekInYear:
            true
        case .count, .countDistinct, .sum, .average, .minimum, .maximum, .label, .format,
            .convertCurrency, .grouping:
            false
        }
    }

    /// Whether an aggregate of that type of field means anything.
    func takes(_ type: MockFieldType) -> Bool {
        switch self {
        case .sum, .average: type.isNumber
        case .minimum, .maximum: type != .boolean && type != .address && type != .multipicklist
        case .count, .countDistinct: type != .address
        case .calendarYear, .calendarQuarter, .calendarMonth, .dayInYear, .dayInMonth, .dayInWeek,
            .weekInMonth, .weekInYear:
            type == .date || type == .datetime
        case .dayOnly, .hourInDay: type == .datetime
        case .label, .format, .grouping: type != .address
        case .convertCurrency: type == .currency
        }
    }

    /// The part of a time, in UTC, which is the time zone of the mock's org.
    func part(of time: Int64) -> MockSalesforceValue {
        let civil = SalesforceTime.civil(time)
        let day = SalesforceTime.startOfDay(time)
        let newYear = SalesforceTime.days(year: civil.year, month: 1, day: 1)
        let dayInYear = day / SalesforceTime.day - newYear + 1
        let number: Int64
        switch self {
        case .calendarYear: number = civil.year
        case .calendarQuarter: number = (civil.month - 1) / 3 + 1
        case .calendarMonth: number = civil.month
        case .dayInYear: number = dayInYear
        case .dayInMonth: number = civil.day
        // Weeks start on Sunday, which is 1; day 0 of 1970 was a Thursday.
        case .dayInWeek: number = SalesforceTime.modulo(day / SalesforceTime.day + 4, 7) + 1
        case .hourInDay: number = (time - day) / 3_600_000
        case .weekInMonth: number = (civil.day - 1) / 7 + 1
        case .weekInYear: number = (dayInYear - 1) / 7 + 1
        case .dayOnly: return .text(SalesforceTime.formatDate(time))
        case .count, .countDistinct, .sum, .average, .minimum, .maximum, .label, .format,
            .convertCurrency, .grouping:
            return .null
        }
        return .number(String(number))
    }
}
