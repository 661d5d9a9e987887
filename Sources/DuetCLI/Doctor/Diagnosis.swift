package import SyncCore

/// One thing that is in the way of syncing, with where to mend it.
package struct Diagnosis: Sendable, Hashable {
    package enum Code: String, Sendable, Hashable, CaseIterable {
        case signInRefused
        case apiSwitchedOff
        case notReached
        case missingScope
        case setupNotVisible
        case objectNotVisible
        case createNotAllowed
        case editNotAllowed
        case deleteNotAllowed
        case viewAllNotGiven
        case fieldNotVisible
        case fieldNotEditable
        case taskTypeNotVisible
        case keyNotVisible
        case keyNotUnique
        case fewCallsLeft
        case clockIsOff
        case expires
        case nativeWrites
        case nativeLeft

        /// Among what of Salesforce's it is told.
        var topic: Check.Topic {
            switch self {
            case .signInRefused, .apiSwitchedOff, .notReached: .account
            case .missingScope: .scopes
            case .setupNotVisible, .objectNotVisible, .createNotAllowed, .editNotAllowed,
                .deleteNotAllowed, .viewAllNotGiven:
                .rights
            case .fieldNotVisible, .fieldNotEditable, .taskTypeNotVisible: .fields
            case .keyNotVisible, .keyNotUnique: .keys
            case .fewCallsLeft: .calls
            case .clockIsOff: .clock
            case .expires: .version
            case .nativeWrites, .nativeLeft: .native
            }
        }
    }

    package var side: Side
    package var code: Code
    /// The scope, right, object or field that it is about: `Contact.Title`.
    package var subject: String
    package var cause: String
    package var nextStep: String
    /// Whether records fail because of it; otherwise it is worth knowing.
    package var isProblem = true

    package init(
        _ side: Side,
        _ code: Code,
        _ subject: String,
        cause: String,
        nextStep: String,
        isProblem: Bool = true
    ) {
        self.side = side
        self.code = code
        self.subject = subject
        self.cause = cause
        self.nextStep = nextStep
        self.isProblem = isProblem
    }
}
