extension SalesforceTime {
    /// Reads `2026-11-22T11:05:30[.123]` with `Z`, `+00:00` or `+0000`.
    static func parse(_ text: String) -> Int64? {
        var scanner = DigitScanner(text)
        guard let day = scanner.date(), scanner.take("T"), let clock = scanner.clock()
        else { return nil }
        var milliseconds = day + clock
        if scanner.take(".") {
            guard let fraction = scanner.fraction() else { return nil }
            milliseconds += fraction
        }
        if scanner.take("Z") || scanner.take("z") { return scanner.isAtEnd ? milliseconds : nil }
        let sign: Int64
        if scanner.take("+") {
            sign = 1
        } else if scanner.take("-") {
            sign = -1
        } else {
            return nil
        }
        guard let hours = scanner.number(2) else { return nil }
        _ = scanner.take(":")
        guard let minutes = scanner.number(2), scanner.isAtEnd else { return nil }
        return milliseconds - sign * (hours * 60 + minutes) * 60_000
    }

    /// Reads `2026-11-22` as the start of that day.
    static func parseDate(_ text: String) -> Int64? {
        var scanner = DigitScanner(text)
        guard let day = scanner.date(), scanner.isAtEnd else { return nil }
        return day
    }

    /// Reads `Thu, 03 Sep 2020 21:35:07 GMT`.
    static func parseHTTP(_ text: String) -> Int64? {
        let words = text.split(separator: " ")
        guard words.count == 6,
            let day = Int64(words[1]),
            let month = Self.months.firstIndex(of: String(words[2])),
            let year = Int64(words[3])
        else { return nil }
        var scanner = DigitScanner(String(words[4]))
        guard let clock = scanner.clock(), scanner.isAtEnd else { return nil }
        return Self.days(year: year, month: Int64(month) + 1, day: day) * Self.day + clock
    }
}

private struct DigitScanner {
    private let bytes: [UInt8]
    private var place = 0

    init(_ text: String) {
        self.bytes = Array(text.utf8)
    }

    var isAtEnd: Bool { self.place == self.bytes.count }

    mutating func take(_ character: Character) -> Bool {
        guard self.place < self.bytes.count, self.bytes[self.place] == character.asciiValue
        else { return false }
        self.place += 1
        return true
    }

    mutating func number(_ width: Int) -> Int64? {
        guard self.place + width <= self.bytes.count else { return nil }
        var number: Int64 = 0
        for byte in self.bytes[self.place..<self.place + width] {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            number = number * 10 + Int64(byte - UInt8(ascii: "0"))
        }
        self.place += width
        return number
    }

    mutating func date() -> Int64? {
        guard let year = self.number(4), self.take("-"), let month = self.number(2),
            self.take("-"), let day = self.number(2), (1...12).contains(month), day >= 1
        else { return nil }
        let days = SalesforceTime.days(year: year, month: month, day: day)
        // A day past the month's end lands in the next month.
        guard SalesforceTime.civil(days * SalesforceTime.day).month == month else { return nil }
        return days * SalesforceTime.day
    }

    mutating func clock() -> Int64? {
        guard let hours = self.number(2), self.take(":"), let minutes = self.number(2),
            self.take(":"), let seconds = self.number(2), hours < 24, minutes < 60, seconds < 61
        else { return nil }
        return ((hours * 60 + minutes) * 60 + seconds) * 1000
    }

    mutating func fraction() -> Int64? {
        var digits: Int64 = 0
        var milliseconds: Int64 = 0
        while let digit = self.number(1) {
            digits += 1
            if digits <= 3 { milliseconds = milliseconds * 10 + digit }
        }
        guard digits > 0 else { return nil }
        for _ in 0..<max(0, 3 - digits) { milliseconds *= 10 }
        return milliseconds
    }
}
