/// A run's time as people read it.
package enum RunClock {
    /// `0:12:34.567` since the start, with the days before it where there are any.
    package static func text(_ milliseconds: Int64) -> String {
        let time = max(0, milliseconds)
        let (seconds, rest) = (time / 1_000, time % 1_000)
        let days = seconds / 86_400
        let clock =
            "\(seconds / 3_600 % 24):\(Self.digits(seconds / 60 % 60, 2))"
            + ":\(Self.digits(seconds % 60, 2)).\(Self.digits(rest, 3))"
        return days > 0 ? "\(days)d \(clock)" : clock
    }

    /// The same text with each wall time of the run as time since its start.
    package static func readable(_ text: String, start: Int64 = VirtualTime.epoch) -> String {
        var result = ""
        var digits = ""
        func take() {
            if let time = Self.time(digits, start) {
                result += Self.text(time)
            } else {
                result += digits
            }
            digits = ""
        }
        for character in text {
            if character.isASCII, character.isNumber {
                digits.append(character)
            } else {
                take()
                result.append(character)
            }
        }
        take()
        return result
    }

    /// The last moment of the run that a text names, since its start.
    package static func moment(in text: String, start: Int64 = VirtualTime.epoch) -> Int64? {
        text.split { !($0.isASCII && $0.isNumber) }.compactMap { Self.time(String($0), start) }.last
    }

    /// Within a year of the start: anything else with as many digits is no time.
    private static func time(_ digits: String, _ start: Int64) -> Int64? {
        guard digits.count == 13, let wall = Int64(digits) else { return nil }
        return (0..<31_536_000_000).contains(wall - start) ? wall - start : nil
    }

    private static func digits(_ number: Int64, _ count: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, count - text.count)) + text
    }
}
