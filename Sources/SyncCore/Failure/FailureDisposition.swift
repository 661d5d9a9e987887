/// What to do about a failure, apart from what it was.
package enum FailureDisposition: Sendable, Hashable {
    /// Send it again after this many milliseconds at the earliest.
    case retry(afterMilliseconds: Int64)
    /// The record was changed since it was looked at: look again after so long, then decide. It is no
    /// failure of the write.
    case lookAgain(afterMilliseconds: Int64)
    /// Get a new access token once, then send it again.
    case refreshCredentials
    /// The record is refused as it is; the rest goes on.
    case holdRecord
    /// Nothing can be sent to this CRM for this many milliseconds.
    case pausePair(milliseconds: Int64)
    /// An operator must act: nothing more is sent.
    case stop

    /// How long to wait before a whole pass is tried again, in milliseconds; `nil` if it would not
    /// help.
    package var wait: Int64? {
        switch self {
        case .retry(let delay), .lookAgain(let delay), .pausePair(let delay): delay
        case .refreshCredentials, .holdRecord, .stop: nil
        }
    }
}
