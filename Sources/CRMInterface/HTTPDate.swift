package import HTTPTransport
package import SyncCore

/// Reads the `Date` header, the servers' clock, and writes dates of conditions (RFC 9110:
/// `Sun, 06 Nov 1994 08:49:37 GMT`).
package enum HTTPDate {
    package static func serverTime(of response: HTTPResponse) -> ServerTime? {
        response.header("Date").flatMap(Self.parse)
    }

    package static func parse(_ text: String) -> ServerTime? {
        let parts = text.split(whereSeparator: { " ,".contains($0) }).map(String.init)
        guard parts.count >= 5, let month = Self.months.firstIndex(of: parts[2]) else { return nil }
        func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        guard let day = Int(parts[1]) else { return nil }
        let iso = "\(parts[3])-\(padded(month + 1))-\(padded(day))T\(parts[4])Z"
        return CivilTime.milliseconds(Array(iso.utf8)[...]).map { ServerTime(milliseconds: $0) }
    }

    /// The whole second of a time.
    package static func text(_ time: ServerTime) -> String {
        let iso = CivilTime.text(time.milliseconds)
        let parts = iso.prefix(19).split { "-T".contains($0) }
        let month = Self.months[(Int(parts[1]) ?? 1) - 1]
        // Day 0 of the epoch was a Thursday.
        let day = (time.milliseconds - (time.milliseconds < 0 ? 86_399_999 : 0)) / 86_400_000
        let weekday = Self.weekdays[Int((day % 7 + 7) % 7)]
        return "\(weekday), \(parts[2]) \(month) \(parts[0]) \(parts[3]) GMT"
    }

    private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
