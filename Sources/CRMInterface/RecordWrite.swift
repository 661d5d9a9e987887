package import SyncCore

/// One outbox entry as the connection sends it.
package struct RecordWrite: Sendable {
    package enum Action: Sendable, Hashable {
        /// Set fields of the record with this id.
        case update(id: String)
        /// Insert with the object's unique key field, whose value is the source record's id: refused as
        /// taken where a record has it, so that it can be repeated and writes over nothing.
        case createByKey(field: String, value: String)
        /// Insert without a key, where the admin forbids one.
        case createWithoutKey
        /// Put the record with this id into the recycle bin.
        case delete(id: String)
    }

    /// One field and its value; blank clears.
    package struct Field: Sendable, Hashable {
        /// The vendor's field name.
        package var name: String
        package var type: FieldType
        package var value: FieldValue
        /// The object of the record that the value names, or `nil` where it names none.
        package var refersTo: String?

        package init(
            name: String,
            type: FieldType,
            value: FieldValue,
            refersTo: String? = nil
        ) {
            self.name = name
            self.type = type
            self.value = value
            self.refersTo = refersTo
        }
    }

    /// The record that is changed, or `nil` for a new one.
    package var updatedID: String? {
        if case .update(let id) = self.action { id } else { nil }
    }

    package var isUpdate: Bool { self.updatedID != nil }

    /// The record that is deleted, or `nil` where none is.
    package var deletedID: String? {
        if case .delete(let id) = self.action { id } else { nil }
    }

    /// What the write makes of its record's tie to records of an object; `nil` where it leaves it alone.
    package func reference(to object: String) -> FieldValue? {
        self.fields.first { $0.refersTo == object }?.value
    }

    /// The outbox entry's id; it is the trace id on the wire.
    package var entryID: Int64
    package var mapping: ObjectMapping
    package var object: String
    package var action: Action
    package var fields: [Field]
    /// An update is stored only if the record was not changed after this stamp (`guard: strict`).
    package var unmodifiedSince: ServerTime?

    package init(
        entryID: Int64,
        mapping: ObjectMapping,
        object: String,
        action: Action,
        fields: [Field],
        unmodifiedSince: ServerTime? = nil
    ) {
        self.entryID = entryID
        self.mapping = mapping
        self.object = object
        self.action = action
        self.fields = fields
        self.unmodifiedSince = unmodifiedSince
    }
}
