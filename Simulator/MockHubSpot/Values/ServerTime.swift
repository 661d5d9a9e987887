/// Writes and reads the three forms of time that HubSpot uses, in UTC milliseconds since 1970.
enum ServerTime {
    static let day: Int64 = 86_400_000

    /// The form of `createdAt`; HubSpot leaves the milliseconds out where they are zero.
    static func iso(_ milliseconds: Int64) -> String {
        let (days, rest) = Self.split(milliseconds)
        let (year, month, day) = Self.civil(days)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(24)
        Self.append(Int64(year), width: 4, to: &bytes)
        for part in [Int64(month), Int64(day)] {
            bytes.append(UInt8(ascii: "-"))
            Self.append(part, width: 2, to: &bytes)
        }
        bytes.append(UInt8(ascii: "T"))
        Self.append(rest / 3_600_000, width: 2, to: &bytes)
        for part in [rest / 60_000 % 60, rest / 1_000 % 60] {
            bytes.append(UInt8(ascii: ":"))
            Self.append(part, width: 2, to: &bytes)
        }
        if rest % 1_000 != 0 {
            bytes.append(UInt8(ascii: "."))
            Self.append(rest % 1_000, width: 3, to: &bytes)
        }
        bytes.append(UInt8(ascii: "Z"))
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends a number of at most so many digits, with leading zeros.
    private static func append(_ number: Int64, width: Int, to bytes: inout [UInt8]) {
        guard number >= 0, number < 10_000 else {
            bytes.append(contentsOf: Self.padded(number, to: width).utf8)
            return
        }
        var divisor: Int64 = 1
        for _ in 1..<width { divisor *= 10 }
        while divisor > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
            divisor /= 10
        }
    }

    /// The form of a `date` property.
    static func date(_ milliseconds: Int64) -> String {
        Self.dayText(Self.split(milliseconds).days)
    }

    /// The form of the `Date` header (RFC 1123).
    static func header(_ milliseconds: Int64) -> String {
        let (days, rest) = Self.split(milliseconds)
        let (year, month, day) = Self.civil(days)
        let weekday = Self.weekdays[Int(((days % 7) + 11) % 7)]
        let month3 = Self.months[month - 1]
        return "\(weekday), \(Self.padded(Int64(day), to: 2)) \(month3) \(year) "
            + Self.clock(rest) + " GMT"
    }

    /// Reads `2026-05-16`, or that with a time, a fraction of any length and `Z` or an offset.
    static func parse(_ text: String) -> Int64? {
        var bytes = Array(text.utf8)[...]
        guard let days = Self.takeDay(&bytes) else { return nil }
        guard let separator = bytes.popFirst() else { return days * Self.day }
        guard separator == UInt8(ascii: "T") || separator == UInt8(ascii: " "),
            let time = Self.takeTime(&bytes), let offset = Self.takeOffset(&bytes), bytes.isEmpty
        else { return nil }
        return days * Self.day + time - offset
    }

    /// Reads `2026-05-16` and nothing longer.
    static func parseDay(_ text: String) -> Int64? {
        text.utf8.count == 10 ? Self.parse(text) : nil
    }

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static func split(_ milliseconds: Int64) -> (days: Int64, rest: Int64) {
        let (quotient, rest) = milliseconds.quotientAndRemainder(dividingBy: Self.day)
        return rest < 0 ? (quotient - 1, rest + Self.day) : (quotient, rest)
    }

    private static func clock(_ rest: Int64) -> String {
        Self.padded(rest / 3_600_000, to: 2) + ":" + Self.padded(rest / 60_000 % 60, to: 2)
            + ":" + Self.padded(rest / 1000 % 60, to: 2)
    }

    private static func dayText(_ days: Int64) -> String {
        let (year, month, day) = Self.civil(days)
        return Self.padded(Int64(year), to: 4) + "-" + Self.padded(Int64(month), to: 2) + "-"
            + Self.padded(Int64(day), to: 2)
    }

    private static func padded(_ number: Int64, to width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
    }

    // Days since 1970 to the proleptic Gregorian calendar, by eras of 400 years from 1 March.
    private static func civil(_ days: Int64) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let day = Int(dayOfYear - (153 * marchMonth + 2) / 5 + 1)
        let month = Int(marchMonth < 10 ? marchMonth + 3 : marchMonth - 9)
        return (Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0), month, day)
    }

    private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
            - 719_468
    }

    private static func takeDay(_ bytes: inout ArraySlice<UInt8>) -> Int64? {
        guard let year = Self.takeNumber(&bytes, digits: 4), Self.take("-", &bytes),
            let month = Self.takeNumber(&bytes, digits: 2), Self.take("-", &bytes),
            let day = Self.takeNumber(&bytes, digits: 2), (1...12).contains(month)
        else { return nil }
        let days = Self.days(year, month, day)
        let (civilYear, civilMonth, civilDay) = Self.civil(days)
        // 31 February comes back as a day of March.
        guard civilYear == year, civilMonth == month, civilDay == day else { return nil }
        return days
    }

    private static func takeTime(_ bytes: inout ArraySlice<UInt8>) -> Int64? {
        guard let hour = Self.takeNumber(&bytes, digits: 2), hour < 24, Self.take(":", &bytes),
            let minute = Self.takeNumber(&bytes, digits: 2), minute < 60
        else { return nil }
        var time = hour * 3_600_000 + minute * 60_000
        guard Self.take(":", &bytes) else { return time }
        guard let second = Self.takeNumber(&bytes, digits: 2), second < 60 else { return nil }
        time += second * 1000
        guard Self.take(".", &bytes) else { return time }
        var scale: Int64 = 100
        var digits = 0
        while let byte = bytes.first, (0x30...0x39).contains(byte) {
            time += Int64(byte - 0x30) * scale
            scale /= 10
            digits += 1
            bytes.removeFirst()
        }
        return digits > 0 ? time : nil
    }

    private static func takeOffset(_ bytes: inout ArraySlice<UInt8>) -> Int64? {
        if Self.take("Z", &bytes) || Self.take("z", &bytes) { return 0 }
        let isNegative = bytes.first == UInt8(ascii: "-")
        guard Self.take("+", &bytes) || Self.take("-", &bytes),
            let hour = Self.takeNumber(&bytes, digits: 2)
        else { return nil }
        _ = Self.take(":", &bytes)
        guard let minute = Self.takeNumber(&bytes, digits: 2) else { return nil }
        let offset = (hour * 60 + minute) * 60_000
        return isNegative ? -offset : offset
    }

    private static func take(_ character: Character, _ bytes: inout ArraySlice<UInt8>) -> Bool {
        guard let byte = bytes.first, byte == character.asciiValue else { return false }
        bytes.removeFirst()
        return true
    }

    private static func takeNumber(_ bytes: inout ArraySlice<UInt8>, digits: Int) -> Int64? {
        guard bytes.count >= digits else { return nil }
        var number: Int64 = 0
        for _ in 0..<digits {
            guard let byte = bytes.popFirst(), (0x30...0x39).contains(byte) else { return nil }
            number = number * 10 + Int64(byte - 0x30)
        }
        return number
    }
}
