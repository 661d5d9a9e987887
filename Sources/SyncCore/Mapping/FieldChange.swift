/// How a mapping's list of fields differs from the one that its records were last compared by.
package struct FieldChange: Sendable, Hashable {
    package var mapping: String
    /// The objects whose records it syncs.
    package var hubspot: String
    package var salesforce: [String]
    /// For each field its place in the list before; `nil` for a new one.
    package var places: [Int?]
    /// The names of new fields that are synced.
    package var added: [String]
    /// The names of fields that are no longer there.
    package var removed: [String]
    /// By place, whether the field goes over.
    private var isSynced: [Bool]

    /// `before`: the fields' identities as they were noted.
    package init(_ mapping: ObjectMapping, from before: [String]) {
        let now = mapping.fieldIdentities
        self.mapping = mapping.name
        self.hubspot = mapping.hubspot.name
        self.salesforce = mapping.salesforce.map(\.name)
        self.isSynced = mapping.fields.map { $0.rule != .dontSync }
        self.places = now.map { before.firstIndex(of: $0) }
        self.added = zip(mapping.fields, self.places).compactMap { field, place in
            place == nil && field.rule != .dontSync ? field.hubspot : nil
        }
        self.removed = before.filter { !now.contains($0) }.map { identity in
            String(identity.prefix { $0 != "=" })
        }
    }

    /// Whether every field stands where it stood.
    package var isSame: Bool {
        self.removed.isEmpty && self.places == self.places.indices.map { $0 }
    }

    /// A record in the new order; what is new and synced was never read.
    package func moved(_ record: RecordBlob) -> RecordBlob {
        let values = record.values
        return RecordBlob(
            values: zip(self.places, self.isSynced).map { place, isSynced in
                guard let place, values.indices.contains(place) else {
                    return isSynced ? .unread : .blank
                }
                return values[place]
            }
        )
    }

    /// The Salesforce object of one of the mapping's records.
    package func salesforceObject(ofID id: String) -> String {
        let named = self.salesforce.count > 1 ? ObjectKind.salesforceObject(ofID: id) : nil
        return named ?? self.salesforce.first ?? ""
    }

    /// What a write sends, in the new order, without what is synced no longer.
    package func moved(_ fields: [OutboxEntry.Field]) -> [OutboxEntry.Field] {
        fields.compactMap { field in
            guard let index = self.places.firstIndex(of: field.index) else { return nil }
            return .init(index: index, value: field.value, reason: field.reason)
        }
    }
}

extension ObjectMapping {
    /// What each field is, whatever its place: HubSpot's name, and Salesforce's on each object.
    package var fieldIdentities: [String] {
        self.fields.map { field in
            let names = self.salesforce.map { $0.fields[field.index]?.name ?? "" }
            let list = field.membershipList.map { " of list \($0)" } ?? ""
            return "\(field.hubspot)\(list)=\(names.joined(separator: ","))"
        }
    }
}
