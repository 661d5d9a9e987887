/// Calendar arithmetic in UTC and the three date forms of the API.
enum SalesforceTime {
    static let day: Int64 = 86_400_000
    static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// The stamp of a write: whole seconds (datetime values carry `.000` in every sample).
    static func wholeSeconds(_ milliseconds: Int64) -> Int64 {
        milliseconds - Self.modulo(milliseconds, 1000)
    }

    static func startOfDay(_ milliseconds: Int64) -> Int64 {
        milliseconds - Self.modulo(milliseconds, Self.day)
    }

    static func startOfMinute(_ milliseconds: Int64) -> Int64 {
        milliseconds - Self.modulo(milliseconds, 60_000)
    }

    /// Days since 1970 of a date of the proleptic Gregorian calendar.
    static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    static func civil(_ milliseconds: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = (milliseconds - Self.modulo(milliseconds, Self.day)) / Self.day + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    /// `2026-11-22T11:05:30.000+0000`.
    static func format(_ milliseconds: Int64) -> String {
        let time = Self.modulo(milliseconds, Self.day) / 1000
        var bytes: [UInt8] = []
        bytes.reserveCapacity(28)
        Self.appendDate(milliseconds, to: &bytes)
        bytes.append(UInt8(ascii: "T"))
        Self.appendClock(time, to: &bytes)
        bytes.append(UInt8(ascii: "."))
        Self.append(Self.modulo(milliseconds, 1000), width: 3, to: &bytes)
        bytes.append(contentsOf: "+0000".utf8)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// `2026-11-22`.
    static func formatDate(_ milliseconds: Int64) -> String {
        var bytes: [UInt8] = []
        Self.appendDate(milliseconds, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// `Fri Aug 01 21:15:46 GMT 2014`, as Java prints times.
    static func formatJava(_ milliseconds: Int64) -> String {
        let words = Self.formatHTTP(milliseconds).split(separator: " ")
        return "\(words[0].dropLast()) \(words[2]) \(words[1]) \(words[4]) GMT \(words[3])"
    }

    /// The HTTP date of RFC 9110: `Sun, 22 Nov 2026 11:05:30 GMT`.
    static func formatHTTP(_ milliseconds: Int64) -> String {
        let civil = Self.civil(milliseconds)
        let days = (milliseconds - Self.modulo(milliseconds, Self.day)) / Self.day
        var bytes = Array(Self.weekdays[Int(Self.modulo(days, 7))].utf8)
        bytes.append(contentsOf: ", ".utf8)
        Self.append(civil.day, width: 2, to: &bytes)
        bytes.append(contentsOf: " \(Self.months[Int(civil.month) - 1]) \(civil.year) ".utf8)
        Self.appendClock(Self.modulo(milliseconds, Self.day) / 1000, to: &bytes)
        bytes.append(contentsOf: " GMT".utf8)
        return String(decoding: bytes, as: UTF8.self)
    }

    static func modulo(_ value: Int64, _ divisor: Int64) -> Int64 {
        let rest = value % divisor
        return rest < 0 ? rest + divisor : rest
    }

    private static func appendDate(_ milliseconds: Int64, to bytes: inout [UInt8]) {
        let civil = Self.civil(milliseconds)
        Self.append(civil.year, width: 4, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        Self.append(civil.month, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        Self.append(civil.day, width: 2, to: &bytes)
    }

    private static func appendClock(_ seconds: Int64, to bytes: inout [UInt8]) {
        Self.append(seconds / 3600, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        Self.append(seconds / 60 % 60, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        Self.append(seconds % 60, width: 2, to: &bytes)
    }

    private static func append(_ number: Int64, width: Int, to bytes: inout [UInt8]) {
        var divisor: Int64 = 1
        for _ in 1..<width { divisor *= 10 }
        while divisor > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
            divisor /= 10
        }
    }
}
