/// The kinds of request that are counted apart.
package enum MockHubSpotEndpoint: String, Sendable, Hashable, CaseIterable, Codable {
    case token
    case accountInfo
    case list
    case read
    case create
    case update
    case archive
    case search
    case batchRead
    case batchCreate
    case batchUpdate
    case batchUpsert
    case batchArchive
    case merge
    case gdprDelete
    case propertyRead
    case propertyWrite
    case owners
    case pipelines
    case associationRead
    case associationWrite
    case lists
    case schemas
    case legacy
    /// The pulled journal of webhooks.
    case journal
    /// The management of pushed webhooks.
    case webhooks
    /// Files behind signed addresses.
    case files
    case imports
    case exports
    /// Forms, marketing e-mails and events.
    case marketing
    /// A visitor sends a form.
    case formSubmission
    case unknown

    /// Whether it changes records.
    package var isWrite: Bool {
        switch self {
        case .create, .update, .archive, .batchCreate, .batchUpdate, .batchUpsert,
            .batchArchive, .merge, .gdprDelete, .associationWrite:
            true
        case .token, .accountInfo, .list, .read, .search, .batchRead, .propertyRead,
            .propertyWrite, .owners, .pipelines, .associationRead, .lists, .schemas, .legacy,
            .journal, .webhooks, .files, .imports, .exports, .marketing,
            .formSubmission, .unknown:
            false
        }
    }

    /// Whether it costs a call of the account.
    package var isBilled: Bool { self != .token && !self.isOpen && !self.hasOwnLimits }

    /// Whether no app has to sign it with a token.
    var isOpen: Bool { self == .webhooks || self == .files || self == .formSubmission }

    /// Whether it counts against neither the burst nor the day.
    var hasOwnLimits: Bool { self == .journal }

    /// Whether it may make records; a lost reply then leaves their fate open.
    package var isCreate: Bool {
        self == .create || self == .batchCreate || self == .batchUpsert
    }
}
