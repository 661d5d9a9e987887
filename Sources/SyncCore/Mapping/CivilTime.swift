/// Dates and times of the proleptic Gregorian calendar in UTC, without Foundation.
package enum CivilTime {
    /// Milliseconds since 1970 of an ISO 8601 date or date-time, or of epoch milliseconds.
    ///
    /// Takes `2026-11-22`, `2026-11-22T11:05:30.123Z`, `+0000`, `+02:00`, 0 to 9 fraction digits.
    package static func milliseconds(_ text: ArraySlice<UInt8>) -> Int64? {
        text.withUnsafeBufferPointer { Self.milliseconds($0) }
    }

    /// The same, of a text.
    package static func milliseconds(_ text: String) -> Int64? {
        var text = text
        return text.withUTF8 { Self.milliseconds($0) }
    }

    /// The same, of text that is lent.
    package static func milliseconds(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
        if text.count < 5 || text[4] != UInt8(ascii: "-") {
            return Self.number(text)
        }
        var reader = Reader(text: text)
        guard let year = reader.digits(4), reader.take("-"), let month = reader.digits(2),
            reader.take("-"), let day = reader.digits(2), (1...12).contains(month),
            day >= 1, day <= Self.days(of: month, year)
        else { return nil }
        let date = Self.days(year, month, day) * 86_400_000
        if reader.isAtEnd { return date }
        guard reader.take("T") || reader.take(" "), let hour = reader.digits(2), reader.take(":"),
            let minute = reader.digits(2), hour < 24, minute < 60
        else { return nil }
        var milliseconds = Int64(hour * 3_600_000 + minute * 60_000)
        if reader.take(":") {
            guard let second = reader.digits(2), second < 61 else { return nil }
            milliseconds += Int64(second * 1_000)
            if reader.take(".") { milliseconds += Int64(reader.fraction()) }
        }
        guard let offset = reader.offset() else { return nil }
        return date + milliseconds - offset
    }

    /// A whole number; short ones, as all times are, are read without a text of their own.
    static func number(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
        guard (1...18).contains(text.count) else {
            return Int64(String(decoding: text, as: UTF8.self))
        }
        var number: Int64 = 0
        for byte in text {
            guard (48...57).contains(byte) else {
                return Int64(String(decoding: text, as: UTF8.self))
            }
            number = number * 10 + Int64(byte - 48)
        }
        return number
    }

    /// `2026-11-22T11:05:30.123Z`; with `wholeSeconds` the fraction is told as `000`.
    package static func text(_ milliseconds: Int64, wholeSeconds: Bool = false) -> String {
        let day = Self.floorDivide(milliseconds, 86_400_000)
        let rest = milliseconds - day * 86_400_000
        let (year, month, date) = Self.civil(day)
        // Whatever number a CRM sends for a time has a text, also one of a year with more digits.
        let digits = max(4, String(year.magnitude).utf8.count)
        return String(unsafeUninitializedCapacity: digits + 21) { text in
            var end = 0
            if year < 0 {
                text[0] = UInt8(ascii: "-")
                end = 1
            }
            func put(_ number: Int64, _ width: Int, _ mark: Unicode.Scalar) {
                var rest = number
                for place in stride(from: end + width - 1, through: end, by: -1) {
                    text[place] = UInt8(48 + rest % 10)
                    rest /= 10
                }
                text[end + width] = UInt8(ascii: mark)
                end += width + 1
            }
            put(Int64(year.magnitude), digits, "-")
            put(month, 2, "-")
            put(date, 2, "T")
            put(rest / 3_600_000, 2, ":")
            put(rest / 60_000 % 60, 2, ":")
            put(rest / 1_000 % 60, 2, ".")
            put(wholeSeconds ? 0 : rest % 1_000, 3, "Z")
            return end
        }
    }

    // Howard Hinnant's days_from_civil and civil_from_days.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = Int(Self.floorDivide(Int64(shifted), 400))
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return Int64(era * 146_097 + dayOfEra - 719_468)
    }

    private static func civil(_ days: Int64) -> (Int64, Int64, Int64) {
        let shifted = days + 719_468
        let era = Self.floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let part = (5 * dayOfYear + 2) / 153
        let month = part < 10 ? part + 3 : part - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * part + 2) / 5 + 1)
    }

    private static func days(of month: Int, _ year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func floorDivide(_ number: Int64, _ divisor: Int64) -> Int64 {
        let quotient = number / divisor
        return number % divisor < 0 ? quotient - 1 : quotient
    }

    private struct Reader {
        let text: UnsafeBufferPointer<UInt8>
        var place = 0

        init(text: UnsafeBufferPointer<UInt8>) {
            self.text = text
        }

        var isAtEnd: Bool { self.place == self.text.count }

        /// The digit here, which is passed.
        private mutating func digit() -> Int? {
            guard !self.isAtEnd, (48...57).contains(self.text[self.place]) else { return nil }
            defer { self.place += 1 }
            return Int(self.text[self.place] - 48)
        }

        mutating func digits(_ count: Int) -> Int? {
            var number = 0
            for _ in 0..<count {
                guard let digit = self.digit() else { return nil }
                number = number * 10 + digit
            }
            return number
        }

        mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard !self.isAtEnd, UInt32(self.text[self.place]) == character.value else {
                return false
            }
            self.place += 1
            return true
        }

        /// The fraction's first three digits as milliseconds.
        mutating func fraction() -> Int {
            var number = 0
            var count = 0
            while let digit = self.digit() {
                if count < 3 { number = number * 10 + digit }
                count += 1
            }
            while count < 3 {
                number *= 10
                count += 1
            }
            return number
        }

        /// The zone's offset in milliseconds; the text must end with it.
        mutating func offset() -> Int64? {
            if self.isAtEnd || self.take("Z") { return self.isAtEnd ? 0 : nil }
            let isNegative = self.text[self.place] == UInt8(ascii: "-")
            guard self.take("+") || self.take("-"), let hours = self.digits(2) else { return nil }
            _ = self.take(":")
            guard let minutes = self.digits(2), self.isAtEnd else { return nil }
            let offset = Int64(hours * 3_600_000 + minutes * 60_000)
            return isNegative ? -offset : offset
        }
    }
}
