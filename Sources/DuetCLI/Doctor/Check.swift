package import SyncCore

/// One thing that was looked at in one CRM: what it is like, and what is in the way there.
package struct Check: Sendable, Hashable {
    package enum Topic: String, Sendable, Hashable, CaseIterable {
        case account
        case scopes
        case rights
        case fields
        case keys
        case calls
        case clock
        case version
        case trial
        case native
    }

    package var side: Side
    package var topic: Topic
    /// What there is, to stand behind the topic's name.
    package var shown: String
    package var found: [Diagnosis]

    package init(_ side: Side, _ topic: Topic, _ shown: String, _ found: [Diagnosis] = []) {
        self.side = side
        self.topic = topic
        self.shown = shown
        self.found = found
    }
}
