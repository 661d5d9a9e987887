/// When a side got its present value: exactly, or between two moments.
package enum ChangeTime: Sendable, Hashable {
    case exact(ServerTime)
    /// After the last version seen with the old value, not later than the first with the new one.
    case interval(after: ServerTime?, notAfter: ServerTime?)

    /// Whether this change certainly came later: it begins more than the tolerance after the other
    /// one ends.
    package func isLater(than other: ChangeTime, tolerance: Int64) -> Bool {
        guard let begin = self.begin, let end = other.end else { return false }
        return begin.milliseconds - end.milliseconds > tolerance
    }

    package var isExact: Bool {
        switch self {
        case .exact: true
        case .interval: false
        }
    }

    private var begin: ServerTime? {
        switch self {
        case .exact(let time): time
        case .interval(let after, _): after
        }
    }

    private var end: ServerTime? {
        switch self {
        case .exact(let time): time
        case .interval(_, let notAfter): notAfter
        }
    }
}
