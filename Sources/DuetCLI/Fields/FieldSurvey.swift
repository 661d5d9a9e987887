package import CRMInterface
import SyncCore

/// Which fields a configuration names that an account lacks, and what they would have to be.
package struct FieldSurvey: Sendable, Hashable {
    /// Why a field that is missing cannot be made here.
    package struct Left: Sendable, Hashable {
        package var field: String
        package var reason: String
    }

    /// HubSpot's first, in the file's order.
    package private(set) var missing: [NewField] = []
    package private(set) var left: [Left] = []
    /// Fields that are there and that the integration user does not see, as `Contact.Title`.
    package private(set) var hidden: [String] = []

    private let portal: [String: ObjectDescription]
    private let org: [String: ObjectDescription]
    private let rights: AccessRights

    /// Compares a file with what the accounts describe.
    ///
    /// - Parameters:
    ///   - configuration: what is wanted.
    ///   - portal: HubSpot's objects by the mapping's name, without those that it does not show.
    ///   - org: Salesforce's objects by name.
    ///   - rights: Salesforce's, for fields that are there and hidden.
    package init(
        _ configuration: Configuration,
        portal: [String: ObjectDescription],
        org: [String: ObjectDescription],
        rights: AccessRights
    ) {
        self.portal = portal
        self.org = org
        self.rights = rights
        for mapping in configuration.mappings { self.lookAtHubSpot(mapping) }
        for mapping in configuration.mappings {
            for object in mapping.salesforce { self.lookAtSalesforce(mapping, object) }
        }
    }

    // MARK: - HubSpot

    private mutating func lookAtHubSpot(_ mapping: Configuration.Mapping) {
        guard let described = self.portal[mapping.name] else { return }
        for (object, key) in mapping.hubspotKeys.sorted(by: { $0.key < $1.key }) {
            self.add(
                .hubspot,
                described,
                key,
                "Salesforce \(object) ID",
                .key,
                "the id of the record in Salesforce"
            )
        }
        let status = mapping.status?.fields.hubspot
        self.add(
            .hubspot,
            described,
            status?.status,
            "Salesforce sync status",
            .text,
            "how the record stands"
        )
        self.add(
            .hubspot,
            described,
            status?.page,
            "Salesforce record",
            .text,
            "where the record is in Salesforce"
        )
        for field in mapping.fields where field.association == nil && field.rule != .dontSync {
            let other = mapping.salesforce.compactMap { object in
                field.salesforce.name(on: object).flatMap { self.org[object]?.field($0) }
            }.first
            self.addCopy(.hubspot, described, field.hubspot, of: other, "Salesforce")
        }
    }

    // MARK: - Salesforce

    private mutating func lookAtSalesforce(_ mapping: Configuration.Mapping, _ object: String) {
        guard let described = self.org[object] else { return }
        self.add(
            .salesforce,
            described,
            mapping.salesforceKey,
            "HubSpot Record ID",
            .key,
            "the id of the record in HubSpot"
        )
        let status = mapping.status?.fields.salesforce
        self.add(
            .salesforce,
            described,
            status?.status,
            "HubSpot sync status",
            .text,
            "how the record stands"
        )
        self.add(
            .salesforce,
            described,
            status?.page,
            "HubSpot record",
            .text,
            "where the record is in HubSpot"
        )
        for field in mapping.fields where field.association == nil && field.rule != .dontSync {
            guard let name = field.salesforce.name(on: object) else { continue }
            // One name for several objects may be a field that only some of them have.
            let isElsewhere = mapping.salesforce.contains { self.org[$0]?.field(name) != nil }
            guard name.hasSuffix("__c") || !isElsewhere else { continue }
            let other = self.portal[mapping.name]?.field(field.hubspot)
            self.addCopy(.salesforce, described, name, of: other, "HubSpot")
        }
    }

    // MARK: - Pieces

    private mutating func add(
        _ side: Side,
        _ described: ObjectDescription,
        _ name: String?,
        _ label: String,
        _ kind: NewField.Kind,
        _ note: String
    ) {
        guard let name, self.isMissing(side, described, name) else { return }
        self.append(NewField(side, described.object, name, label: label, kind: kind, note: note))
    }

    private mutating func addCopy(
        _ side: Side,
        _ described: ObjectDescription,
        _ name: String,
        of other: ObjectDescription.Field?,
        _ origin: String
    ) {
        guard self.isMissing(side, described, name) else { return }
        let place = "\(described.object).\(name)"
        guard let other else {
            return self.leave(
                place,
                "\(origin) does not have the field that it is mapped with either"
            )
        }
        guard let kind = NewField.Kind(like: other) else {
            return self.leave(place, "what it is mapped with holds ids of records")
        }
        self.append(
            NewField(
                side,
                described.object,
                name,
                label: other.label,
                kind: kind,
                note: "synced with \(other.name) of \(origin)"
            )
        )
    }

    private mutating func isMissing(
        _ side: Side,
        _ described: ObjectDescription,
        _ name: String
    ) -> Bool {
        guard described.field(name) == nil else { return false }
        let place = "\(described.object).\(name)"
        if side == .salesforce, self.rights.objects[described.object]?.hidden.contains(name) == true
        {
            if !self.hidden.contains(place) { self.hidden.append(place) }
            return false
        }
        guard side == .hubspot || name.hasSuffix("__c") else {
            self.leave(
                place,
                "it is no custom field: look at its name, or at what the integration user may see"
            )
            return false
        }
        guard side == .salesforce || Self.isPropertyName(name) else {
            self.leave(
                place,
                "names of properties have lower-case letters, digits and _ and begin with a letter"
            )
            return false
        }
        return true
    }

    private mutating func append(_ field: NewField) {
        let isThere = self.missing.contains {
            $0.side == field.side && $0.object == field.object && $0.name == field.name
        }
        if !isThere { self.missing.append(field) }
    }

    private mutating func leave(_ field: String, _ reason: String) {
        if !self.left.contains(where: { $0.field == field }) {
            self.left.append(Left(field: field, reason: reason))
        }
    }

    /// HubSpot's rule for names of properties (observed).
    private static func isPropertyName(_ name: String) -> Bool {
        name.first.map { ("a"..."z").contains($0) } == true
            && name.allSatisfy {
                ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "_"
            }
    }
}
