/// An error for people: what happened, what it affects, what to do next.
///
/// It never carries a token, a body or a field's value.
package struct SyncError: Error, Sendable, Hashable {
    package enum Code: String, Sendable, Hashable, CaseIterable, Codable {
        case configuration
        case credentials
        case unreachable
        case limitReached
        case forbidden
        case missingField
        case malformedReply
        case rejected
        case storeBusy
        case storeDamaged
        case storeFull
        case wrongAccount
        case newerFormat
        case usage
        case cancelled
        case `internal`
    }

    package var code: Code
    /// The CRM it happened at, where there is one.
    package var side: Side?
    /// One sentence: the cause.
    package var cause: String
    /// One sentence: what the operator does next.
    package var nextStep: String
    package var disposition: FailureDisposition

    package init(
        code: Code,
        side: Side? = nil,
        cause: String,
        nextStep: String,
        disposition: FailureDisposition = .stop
    ) {
        self.code = code
        self.side = side
        self.cause = cause
        self.nextStep = nextStep
        self.disposition = disposition
    }
}

extension SyncError: CustomStringConvertible {
    package var description: String { "\(self.cause) \(self.nextStep)" }
}
