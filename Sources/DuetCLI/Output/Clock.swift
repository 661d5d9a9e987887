import Foundation

/// Shows wall times the way both CRMs' support pages do: UTC, to the second.
package enum Clock {
    package static func text(_ milliseconds: Int64) -> String {
        let date = Date(timeIntervalSince1970: Double(milliseconds) / 1_000)
        return date.formatted(.iso8601)
    }
}
