/// The fields of a mapping by whose e-mail addresses a person is told from others.
///
/// Other fields with an address say nothing of who it is: an assistant's is somebody else's.
package struct PeopleFields: Sendable, Hashable {
    package let mapping: String
    /// The places of the fields in the mapping's order.
    private let places: [Int]
    /// The same fields' names in the history.
    package let names: Set<String>

    /// `nil` where the mapping's records are no people.
    ///
    /// `fields`: the HubSpot properties in the mapping's order. `match`: those that match records.
    package init?(mapping: String, object: String, fields: [String], match: [String]) {
        guard object == "contacts", let identity = ObjectKind.named(object)?.identity else {
            return nil
        }
        // HubSpot lists a contact's other addresses in the last one, with semicolons between them.
        let wanted = Set(match + [identity, "hs_additional_emails"])
        self.mapping = mapping
        self.places = fields.indices.filter { wanted.contains(fields[$0]) }
        self.names = Set(self.places.map { fields[$0] })
    }

    package init?(_ mapping: ObjectMapping) {
        self.init(
            mapping: mapping.name,
            object: mapping.hubspot.name,
            fields: mapping.fields.map(\.hubspot),
            match: mapping.matchFields.map { mapping.fields[$0].hubspot }
        )
    }

    /// The addresses of a record, in lower case.
    package func addresses(in record: RecordBlob) -> [String] {
        let values = record.values
        return self.places.flatMap { place in
            values.indices.contains(place) ? Self.addresses(in: values[place]) : []
        }
    }

    /// The addresses that a write sends.
    package func addresses(in fields: [OutboxEntry.Field]) -> [String] {
        fields.filter { self.places.contains($0.index) }
            .flatMap { Self.addresses(in: FieldValue(bytes: $0.value)) }
    }

    /// The addresses of one value: it may be something else that matches records, or several addresses.
    package static func addresses(in value: FieldValue) -> [String] {
        value.text.lowercased().split(separator: ";")
            .map { $0.split(separator: " ").joined() }
            .filter { $0.contains("@") }
    }

    /// What a row is recognised by: the address, its own id and the one in its key field.
    package func names(of row: RecordRow, on side: Side) -> [PersonName] {
        let own = self.addresses(in: row.values).map { PersonName.address($0) }
        let ids: [PersonName?] = [
            .record(row.id, side), row.counterpartID.map { .record($0, side.other) },
        ]
        return own + ids.compactMap(\.self)
    }
}
