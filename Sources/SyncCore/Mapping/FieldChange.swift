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
        self.places = now.map { one in before.firstIndex { Self.isSame(one, $0) } }
        self.added = zip(mapping.fields, self.places).compactMap { field, place in
            place == nil && field.rule != .dontSync ? field.hubspot : nil
        }
        self.removed = before.filter { one in !now.contains { Self.isSame($0, one) } }
            .map(ObjectMapping.property(of:))
    }

    /// Whether two identities are of one field: an object, or a field of one, may have come or gone.
    private static func isSame(_ one: String, _ other: String) -> Bool {
        let (mine, theirs) = (Self.parts(one), Self.parts(other))
        return mine.head == theirs.head
            && mine.names.allSatisfy { object, name in
                theirs.names[object].map { $0 == name || $0.isEmpty || name.isEmpty } ?? true
            }
    }

    private static func parts(
        _ identity: String
    ) -> (head: Substring, names: [Substring: Substring]) {
        let head = identity.prefix { $0 != "=" }
        let pairs: [Substring] = identity.dropFirst(head.count + 1).split(separator: ",")
        let names = pairs.map { pair -> (Substring, Substring) in
            let object = pair.prefix { $0 != ":" }
            return (object, pair.dropFirst(object.count + 1))
        }
        return (head, Dictionary(names) { one, _ in one })
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
    /// What each field is, whatever its place: HubSpot's name, Salesforce's on each object, and whether it is synced.
    package var fieldIdentities: [String] {
        self.fields.map { field in
            let names = self.salesforce.map { "\($0.name):\($0.fields[field.index]?.name ?? "")" }
            let list = field.membershipList.map { " of list \($0)" } ?? ""
            let mark = field.rule == .dontSync ? "!" : ""
            return "\(mark)\(field.hubspot)\(list)=\(names.joined(separator: ","))"
        }
    }

    /// HubSpot's property in an identity.
    package static func property(of identity: String) -> String {
        String(identity.drop { $0 == "!" }.prefix { $0 != "=" })
    }
}
