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

        package init(mapping: String, hubspot: String, salesforce: [String]) {
            self.mapping = mapping
            self.hubspot = hubspot
            self.salesforce = salesforce
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
            guard let object = ObjectKind.salesforceObject(ofID: value) else { return nil }
            let target = self.targets.first { $0.salesforce.contains(object) }
            return target.map { .init(mapping: $0.mapping, side: side, id: value) }
        }
    }

    /// How a side names a record of one of the mappings.
    package func value(naming id: String, of mapping: String, on side: Side) -> String {
        guard self.isTied, side == .hubspot, let object = self.hubspotObject(of: mapping) else {
            return id
        }
        return Tie(object: object, id: id).text
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
