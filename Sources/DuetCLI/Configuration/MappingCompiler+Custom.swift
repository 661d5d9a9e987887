import CRMInterface
import SyncCore

/// What a mapping of objects that the accounts made themselves needs, told before anything is written.
extension MappingCompiler {
    /// What an object is, with the first characters of its ids where the org made it.
    func kind(of mapping: Configuration.Mapping) -> ObjectKind {
        var kind = mapping.kind
        guard kind.isCustom else { return kind }
        for place in kind.salesforce.indices {
            let object = kind.salesforce[place].object
            kind.salesforce[place].keyPrefix = self.described(object)?.keyPrefix ?? ""
        }
        return kind
    }

    /// As with accounts: what Salesforce deletes along is nobody's choice in HubSpot.
    mutating func checkDeletes(
        _ mapping: Configuration.Mapping,
        _ objects: [ObjectDescription]
    ) {
        guard mapping.kind.isCustom, mapping.deletes.fromHubSpot == .delete else { return }
        for object in objects {
            guard let details = object.details, !details.isEmpty else { continue }
            self.fail(
                mapping.place,
                "Deleting a \(object.object) deletes its \(details.joined(separator: " and ")) too, so that a "
                    + "\(mapping.kind.singular) deleted in HubSpot never deletes one.",
                "Write `deletes: {fromHubSpot: report, fromSalesforce: delete}`."
            )
        }
    }

    /// A new record is refused without these, whatever the other CRM says: no edit of a record would help.
    mutating func checkRequired(
        _ mapping: Configuration.Mapping,
        _ objects: [ObjectDescription]
    ) {
        guard mapping.kind.isCustom else { return }
        if mapping.creates == .both || mapping.creates == .salesforce {
            for object in objects { self.checkRequired(mapping, object) }
        }
        guard mapping.creates == .both || mapping.creates == .hubspot else { return }
        for name in mapping.kind.needs
        where !mapping.fields.contains(where: { $0.hubspot == name })
            && !mapping.hubspotKeys.values.contains(name)
        {
            self.fail(
                mapping.place,
                "HubSpot makes no \(mapping.kind.singular) without `\(name)`, which is not mapped.",
                "Map it, or write `creates: salesforce`."
            )
        }
    }

    private mutating func checkRequired(
        _ mapping: Configuration.Mapping,
        _ object: ObjectDescription
    ) {
        let mapped = Set(mapping.fields.compactMap { $0.salesforce.name(on: object.object) })
        let open = object.fields.filter { field in
            field.isRequiredOnCreate && !mapped.contains(field.name)
                && field.name != mapping.salesforceKey
        }
        for field in open {
            let parents = field.references?.joined(separator: " or ")
            self.fail(
                mapping.place,
                "Salesforce makes no \(object.object) without `\(field.name)`, "
                    + (parents.map { "the \($0) that it belongs to, " } ?? "")
                    + "which is not mapped.",
                parents == nil
                    ? "Map it, or write `creates: hubspot`."
                    : "Map it with `association`, or write `creates: hubspot`."
            )
        }
    }

    /// Where a key does not demand unique values a create that is repeated makes a second record.
    mutating func checkUnique(
        _ key: String,
        _ object: ObjectDescription,
        _ mapping: Configuration.Mapping
    ) {
        guard mapping.kind.isCustom, let field = object.field(key), !field.isUnique else { return }
        self.fail(
            mapping.place,
            "Salesforce's field `\(key)` of \(object.object) does not demand unique values, so it cannot be "
                + "a key.",
            "Make it unique (Text 18, external id, unique), or write `keys: none`."
        )
    }
}
