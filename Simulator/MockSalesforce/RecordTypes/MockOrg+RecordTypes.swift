/// Which record type a record has, and what that leaves of its picklists.
extension MockOrg {
    /// The record types of an object with their ids, in the order of the settings.
    func recordTypes(of object: String) -> [(id: String, type: MockSalesforceRecordType)] {
        self.recordTypes.enumerated().compactMap { place, type in
            type.object == object ? (MockSalesforceRecordType.id(place), type) : nil
        }
    }

    /// Gives a new record without a record type the default one.
    func applyRecordType(_ table: Int, _ values: inout [Value]) {
        let object = self.tables[table].object
        guard !self.recordTypes.isEmpty, let place = object.systemPlace(of: "RecordTypeId"),
            place < values.count, values[place].isNull,
            let standard = self.recordTypes(of: object.name).first(where: \.type.isDefault)
        else { return }
        values[place] = .text(standard.id)
    }

    /// Refuses record types of others, and values that the record's type does not have.
    func requireRecordType(
        _ table: Int,
        _ values: [Value],
        _ writes: [FieldWrite]
    ) throws(RequestFailure) {
        let object = self.tables[table].object
        guard !self.recordTypes.isEmpty, let place = object.systemPlace(of: "RecordTypeId"),
            place < values.count, let id = values[place].text
        else { return }
        let own = self.recordTypes(of: object.name)
        guard !own.isEmpty else { return }
        let found = own.first { $0.id == id }
        if writes.contains(where: { $0.place == place }) {
            guard let found, found.type.isActive, found.type.isAvailable else {
                throw RequestFailure(
                    "INVALID_CROSS_REFERENCE_KEY",
                    "Record Type ID: this ID value isn't valid for the user: \(id)",
                    fields: ["RecordTypeId"]
                )
            }
        }
        for write in writes {
            let field = object.fields[write.place]
            guard field.isRestrictedPicklist, let left = found?.type.picklists[field.name],
                let text = write.value.text
            else { continue }
            let chosen = field.type == .multipicklist ? text.split(separator: ";") : [text[...]]
            for value in chosen where !left.contains(String(value)) {
                throw RequestFailure(
                    "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
                    "\(field.label): bad value for restricted picklist field: \(value)",
                    fields: [field.name]
                )
            }
        }
    }
}
