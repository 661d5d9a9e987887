import Foundation
package import SyncCore

/// When a pause ends, from what people write: `90m`, `2h`, `3d`, or a time such as `2026-12-24T18:00:00Z`.
package enum PauseEnd {
    /// - Returns: wall milliseconds.
    package static func milliseconds(_ text: String, now: Int64) throws(SyncError) -> Int64 {
        let units: [Character: Int64] = ["m": 60_000, "h": 3_600_000, "d": 86_400_000]
        if let unit = text.last.flatMap({ units[$0] }), let count = Int64(text.dropLast()),
            (1...10_000).contains(count)
        {
            return now + count * unit
        }
        guard let date = try? Date(text, strategy: .iso8601) else {
            throw Self.problem("\(text) is no time.")
        }
        let end = Int64(date.timeIntervalSince1970 * 1_000)
        guard end > now else { throw Self.problem("\(text) is over.") }
        return end
    }

    private static func problem(_ cause: String) -> SyncError {
        SyncError(
            code: .usage,
            cause: cause,
            nextStep:
                "Write 90m, 2h or 3d, or a time to come with its zone, as 2026-12-24T18:00:00Z."
        )
    }
}
