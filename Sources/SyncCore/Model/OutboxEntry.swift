/// A decided write, stored before it is sent.
package struct OutboxEntry: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, Codable {
        /// Set fields of a linked record by its id.
        case update
        /// Make the counterpart of an unlinked record.
        case create
        /// Take a record away whose counterpart was deleted.
        case delete
    }

    package enum State: String, Sendable, Hashable, Codable {
        /// A create that waits for a look-up of its match keys. Can become `planned`, `superseded`.
        case unmatched
        /// Decided, not sent. Can become `sent`, `superseded`.
        case planned
        /// Its bytes may be on the wire. Can become `confirmed`, `rejected`, `unknown`, `planned`.
        case sent
        /// No reply tells its outcome. Can become `confirmed`, `landed`, `planned`, `sent`.
        case unknown
        /// Stored, but an earlier attempt without a reply may still arrive. Becomes `confirmed`.
        case landed
        case confirmed
        case rejected
        case superseded

        /// Whether the entry still stands in the way of its record.
        package var isOpen: Bool {
            switch self {
            case .unmatched, .planned, .sent, .unknown, .landed: true
            case .confirmed, .rejected, .superseded: false
            }
        }

        /// Whether its bytes may still reach the CRM: nothing else is decided about the record.
        package var isOnItsWay: Bool {
            switch self {
            case .sent, .unknown, .landed: true
            case .unmatched, .planned, .confirmed, .rejected, .superseded: false
            }
        }
    }

    /// One time the entry's bytes were given to the transport.
    package struct Attempt: Sendable, Hashable, Codable {
        /// What is known of one attempt.
        package enum Fate: UInt8, Sendable, Hashable, Codable {
            /// No reply and no read-back yet: it may still be stored.
            case open
            /// Certainly not stored, now or later.
            case refused
            /// A reply or a read-back showed it stored.
            case stored
        }

        /// This machine's wall clock in milliseconds, which survives a restart.
        package var sentAt: Int64
        package var fate: Fate

        package init(sentAt: Int64, fate: Fate = .open) {
            self.sentAt = sentAt
            self.fate = fate
        }
    }

    /// A field that the entry sets, in the target's normal form, with what decided it.
    package struct Field: Sendable, Hashable, Codable {
        /// The field mapping's place in its object mapping.
        package var index: Int
        package var value: [UInt8]
        package var reason: String

        package init(index: Int, value: [UInt8], reason: String) {
            self.index = index
            self.value = value
            self.reason = reason
        }
    }

    /// The store's number; 0 for an entry that is not stored yet.
    ///
    /// It is the write's trace id.
    package var id: Int64
    package var mapping: String
    /// The link it writes to, or `nil` for a create.
    package var link: Int64?
    /// The side that is written.
    package var target: Side
    /// The object that is written: `contacts`, `Contact`, `Lead`.
    package var object: String
    package var kind: Kind
    package var state: State
    package var priority: PriorityClass
    /// The id that is written, or `nil` for a create.
    package var targetID: String?
    /// The record on the other side that the write comes from.
    package var sourceID: String
    package var fields: [Field]
    /// Whether the write sets the pair's key field to `sourceID`.
    package var writesKey: Bool
    /// What the write has the record tell of its pair, where that is all that it is for.
    package var status: SyncStatus?
    /// Whether the target must be read by id before the write (architecture 5.7).
    ///
    /// Of a create: whether an earlier one of the record was sent, so that it is looked for by its key first.
    package var needsGuard: Bool
    package var observedHubSpot: Observation?
    package var observedSalesforce: Observation?
    package var attempts: [Attempt]
    /// Not to be sent before this wall time in milliseconds.
    package var notBefore: Int64?

    package init(
        id: Int64 = 0,
        mapping: String,
        link: Int64?,
        target: Side,
        object: String,
        kind: Kind,
        state: State = .planned,
        priority: PriorityClass = .field,
        targetID: String?,
        sourceID: String,
        fields: [Field],
        writesKey: Bool = false,
        status: SyncStatus? = nil,
        needsGuard: Bool = false,
        observedHubSpot: Observation? = nil,
        observedSalesforce: Observation? = nil,
        attempts: [Attempt] = [],
        notBefore: Int64? = nil
    ) {
        self.id = id
        self.mapping = mapping
        self.link = link
        self.target = target
        self.object = object
        self.kind = kind
        self.state = state
        self.priority = priority
        self.targetID = targetID
        self.sourceID = sourceID
        self.fields = fields
        self.writesKey = writesKey
        self.status = status
        self.needsGuard = needsGuard
        self.observedHubSpot = observedHubSpot
        self.observedSalesforce = observedSalesforce
        self.attempts = attempts
        self.notBefore = notBefore
    }

    /// Whether the write waits for a look at its target: a create has none.
    package var isGuarded: Bool {
        self.needsGuard && self.kind != .create
    }

    package func observed(on side: Side) -> Observation? {
        switch side {
        case .hubspot: self.observedHubSpot
        case .salesforce: self.observedSalesforce
        }
    }
}
