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
        /// The record that was named before, where one must go before another one can come.
        package var former: FieldValue?

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

    /// A tie between the record and another one that no property says, and that is made or taken away.
    package struct Tie: Sendable, Hashable {
        /// Our own name of the field.
        package var field: String
        /// The other record's object and id.
        package var object: String
        package var id: String
        package var isMade: Bool
        /// The kind that is meant; `nil` for the one that HubSpot has for activities.
        package var kind: TieKind?

        package init(
            field: String,
            object: String,
            id: String,
            isMade: Bool,
            kind: TieKind? = nil
        ) {
            self.field = field
            self.object = object
            self.id = id
            self.isMade = isMade
            self.kind = kind
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

    /// The same write with the record that it named before; `nil` where it is not known, or named none.
    package func naming(formerOf object: String) -> RecordWrite? {
        guard var field = self.fields.first(where: { $0.refersTo == object }),
            let former = field.former, !former.isBlank
        else { return nil }
        var write = self
        field.value = former
        (write.fields, write.ties) = ([field], [])
        return write
    }

    /// What the write makes of its record's tie to records of an object; `nil` where it leaves it alone.
    package func reference(to object: String) -> FieldValue? {
        self.fields.first { $0.refersTo == object }?.value
    }

    /// The fields of the records that it ties to its own and that have one of these ids.
    package func fields(naming ids: (String) -> Bool) -> [String] {
        self.fields.filter { $0.refersTo != nil && ids($0.value.text) }.map(\.name)
            + self.ties.filter { $0.isMade && ids($0.id) }.map(\.field)
    }

    /// The outbox entry's id; it is the trace id on the wire.
    package var entryID: Int64
    package var mapping: ObjectMapping
    package var object: String
    package var action: Action
    package var fields: [Field]
    package var ties: [Tie] = []
    /// Whether Salesforce's assignment rules choose the owner.
    package var isAssigned = false
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
