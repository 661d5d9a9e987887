/// The mappings that keep the records in step which a field may name.
///
/// A field of Salesforce may name records of several objects (`WhatId`): the first characters of the id tell
/// which. HubSpot shows what an activity belongs to in no property: there the value carries the object too,
/// such as `deals/123`.
package struct ReferenceTargets: Sendable, Hashable {
    /// One mapping with what its records are in either CRM.
    package struct Target: Sendable, Hashable {
        package var mapping: String
        /// HubSpot's object.
        package var hubspot: String
        /// The Salesforce objects.
        package var salesforce: [String]
        /// The first characters of their ids, where the object is the org's own.
        package var keyPrefix: String?
        /// The kind of tie that is meant; `nil` for the one that HubSpot has for activities.
        package var kind: TieKind?

        package init(
            mapping: String,
            hubspot: String,
            salesforce: [String],
            keyPrefix: String? = nil,
            kind: TieKind? = nil
        ) {
            self.mapping = mapping
            self.hubspot = hubspot
            self.salesforce = salesforce
            self.keyPrefix = keyPrefix
            self.kind = kind
        }

        /// Whether an id of Salesforce's is one of its records'.
        func has(_ id: String) -> Bool {
            if let keyPrefix = self.keyPrefix { return id.hasPrefix(keyPrefix) }
            let object = ObjectKind.salesforceObject(ofID: id)
            return object.map { self.salesforce.contains($0) } ?? false
        }

        /// What tells its ties from those of other targets: the object, and the label where one is meant.
        package var tieKey: String {
            guard let kind = self.kind, kind.label != nil else { return self.hubspot }
            return "\(self.hubspot) \(kind.id)"
        }
    }

    /// In order: of several ties in HubSpot the one to a record of the first goes over.
    package var targets: [Target]
    /// Whether HubSpot keeps it as ties that no property shows.
    package var isTied: Bool

    package init(_ targets: [Target], isTied: Bool) {
        self.targets = targets
        self.isTied = isTied
    }

    /// The mappings' names, in order.
    package var mappings: [String] { self.targets.map(\.mapping) }

    /// The record that a value names, or `nil` where it is of an object that none of the mappings has.
    package func record(_ value: String, on side: Side) -> References.Record? {
        guard self.isTied else {
            return self.targets.first.map { .init(mapping: $0.mapping, side: side, id: value) }
        }
        switch side {
        case .hubspot:
            guard let tie = Tie(value) else { return nil }
            let target = self.targets.first { $0.hubspot == tie.object }
            return target.map { .init(mapping: $0.mapping, side: side, id: tie.id) }
        case .salesforce:
            let target = self.targets.first { $0.has(value) }
            return target.map { .init(mapping: $0.mapping, side: side, id: value) }
        }
    }

    /// Whether the field can name the counterpart of a record: a lookup to contacts names no lead.
    func takes(_ id: String, of mapping: String, on side: Side) -> Bool {
        guard self.isTied, side == .salesforce else { return true }
        return self.targets.first { $0.mapping == mapping }?.has(id) ?? false
    }

    /// How a side names a record of one of the mappings.
    package func value(naming id: String, of mapping: String, on side: Side) -> String {
        guard self.isTied, side == .hubspot, let object = self.hubspotObject(of: mapping) else {
            return id
        }
        return Tie(object: object, id: id).text
    }

    /// The Salesforce object of a mapping's records, where there is one only.
    package func salesforceObject(of mapping: String) -> String? {
        self.targets.first { $0.mapping == mapping }?.salesforce.first
    }

    /// HubSpot's object of a mapping's records, where the value carries it.
    package func hubspotObject(of mapping: String) -> String? {
        self.targets.first { $0.mapping == mapping }?.hubspot
    }

    /// A record of HubSpot with its object, as a value has it.
    package struct Tie: Sendable, Hashable {
        package var object: String
        package var id: String

        package init(object: String, id: String) {
            self.object = object
            self.id = id
        }

        /// Reads `deals/123`; `nil` for anything else.
        package init?(_ text: String) {
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
            self.object = String(parts[0])
            self.id = String(parts[1])
        }

        package var text: String { "\(self.object)/\(self.id)" }
    }
}

/// One mapping, named: a property of HubSpot shows the record, and its id alone is the value.
extension ReferenceTargets: ExpressibleByStringLiteral {
    package init(stringLiteral mapping: String) {
        self.init(mapping)
    }

    package init(_ mapping: String) {
        self.init([Target(mapping: mapping, hubspot: "", salesforce: [])], isTied: false)
    }
}
