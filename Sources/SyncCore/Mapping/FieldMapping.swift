/// One HubSpot property, one Salesforce field and one sync rule.
package struct FieldMapping: Sendable, Hashable {
    /// What a create puts into a field that would be blank, tried in order.
    package enum Default: Sendable, Hashable {
        /// The part of the mapped e-mail address before the `@`.
        case emailLocalPart
        case text(String)
    }

    /// Which field it is, apart from its type (section 2.9 of the behaviour specification).
    package enum Kind: Sendable, Hashable {
        case plain
        /// E-mail as identity: a clear is never propagated.
        case identity
        /// Another record's id, which goes over as the id of its counterpart.
        case reference(ReferenceTargets)
        /// Whose record it is: HubSpot's owner and Salesforce's user or queue (`Owners`).
        case owner
        /// Whom else a record names: a user of HubSpot's and one of Salesforce's (`Owners`).
        case user
        /// Whether the record is in a HubSpot segment, which is read from the list with this id.
        case membership(list: String)

        /// Whether it names another record that is synced.
        package var isReference: Bool {
            switch self {
            case .reference: true
            case .plain, .identity, .owner, .user, .membership: false
            }
        }
    }

    /// The place in its object mapping.
    package var index: Int
    package var hubspot: String
    package var salesforce: String
    package var rule: SyncRule
    package var kind: Kind
    /// HubSpot value to Salesforce value; may be many-to-one.
    ///
    /// Values not listed go over unchanged, unless `rejectsUnlisted`.
    package var values: [ValuePair]
    /// Whether a value that `values` does not list has no form in the other CRM.
    package var rejectsUnlisted: Bool
    /// Whether `values` are found whatever their case, and Salesforce's own too.
    package var ignoresCase = false
    /// The field that says which of `values` hold, or `nil` where all do.
    package var controller: Controller?
    /// Of the record at hand, what that field says on each side.
    package var within: [Side: String] = [:]
    /// Fills the Salesforce field on create; empty where there is none.
    package var defaults: [Default]
    /// The order of values of which none goes back, or `nil` where any may follow any.
    package var order: ValueOrder?

    /// The record that a value of this field refers to, or `nil` where it is no reference.
    ///
    /// A reference that names a record of an object that is not synced names none.
    package func referred(_ value: FieldValue, on side: Side) -> References.Record? {
        guard !value.isBlank, value != .unread else { return nil }
        switch self.kind {
        case .reference(let targets): return targets.record(value.text, on: side)
        case .owner, .user:
            return References.Record(mapping: Owners.mapping, side: side, id: value.text)
        case .plain, .identity, .membership: return nil
        }
    }

    /// Whether its values name records or people, each by its own CRM's id.
    package var refers: Bool {
        switch self.kind {
        case .reference, .owner, .user: true
        case .plain, .identity, .membership: false
        }
    }

    /// Whether its values name people, each by its own CRM's id.
    package var namesPeople: Bool {
        switch self.kind {
        case .owner, .user: true
        case .plain, .identity, .reference, .membership: false
        }
    }

    /// The mappings whose records it names, or `nil` where it names none.
    package var targets: ReferenceTargets? {
        if case .reference(let targets) = self.kind { targets } else { nil }
    }

    /// Whether HubSpot keeps it as ties that no property shows.
    package var isTied: Bool { self.targets?.isTied ?? false }

    /// The list whose members have `true` here, or `nil` of any other field.
    package var membershipList: String? {
        if case .membership(let list) = self.kind { list } else { nil }
    }

    /// Whether HubSpot shows it in no record's properties: it is asked for apart.
    package var isApart: Bool { self.isTied || self.membershipList != nil }

    /// One row of a value map.
    package struct ValuePair: Sendable, Hashable {
        package var hubspot: String
        package var salesforce: String
        /// What the controlling field must say for it to hold; `nil` for anything.
        package var within: String?

        package init(hubspot: String, salesforce: String, within: String? = nil) {
            self.hubspot = hubspot
            self.salesforce = salesforce
            self.within = within
        }
    }

    package init(
        index: Int,
        hubspot: String,
        salesforce: String,
        rule: SyncRule,
        kind: Kind = .plain,
        values: [ValuePair] = [],
        rejectsUnlisted: Bool = false,
        defaults: [Default] = [],
        order: ValueOrder? = nil
    ) {
        self.index = index
        self.hubspot = hubspot
        self.salesforce = salesforce
        self.rule = rule
        self.kind = kind
        self.values = values
        self.rejectsUnlisted = rejectsUnlisted
        self.defaults = defaults
        self.order = order
    }
}
