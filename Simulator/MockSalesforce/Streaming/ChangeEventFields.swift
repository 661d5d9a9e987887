/// The fields that an event carries, in the object's order.
struct ChangeEventFields: Sendable, Hashable {
    struct Item: Sendable, Hashable {
        /// The place of the object's field.
        var place: Int
        var value: Value
    }

    var items: [Item] = []
    /// Whether the header lists the fields: it does so for updates.
    var isUpdate = false

    /// Bytes of text, which are what makes an event large.
    var textBytes: Int {
        self.items.reduce(0) { $0 + ($1.value.text?.utf8.count ?? 16) }
    }

    /// Whether there is anything but the stamps of the change.
    func hasMoreThanStamps(of object: MockObject) -> Bool {
        self.items.contains { !Self.stamps.contains(object.fields[$0.place].name) }
    }

    private static let stamps: Set<String> = ["LastModifiedDate", "LastModifiedById"]
    /// What records have and events do not.
    private static let absent: Set<String> = [
        "Id", "IsDeleted", "SystemModstamp", "MasterRecordId", "LastActivityDate",
        "LastViewedDate", "LastReferencedDate", "PhotoUrl",
    ]

    /// Whether events of the object have that field.
    static func has(_ field: MockField) -> Bool {
        !field.isRemoved && !field.isCalculated && field.type != .address
            && !Self.absent.contains(field.name)
            // A person's whole name is computed; its parts are told.
            && (field.name != "Name" || field.isCreateable || field.isAutoNumber)
    }

    /// The compound field that holds it, with its own name there; `nil` for a field that stands alone.
    static func compound(of field: MockField) -> (name: String, part: String)? {
        guard let name = field.compoundFieldName, name != field.name else { return nil }
        guard name.hasSuffix("Address") else { return (name, field.name) }
        let prefix = name.dropLast("Address".count)
        let part =
            field.name.hasPrefix(prefix) ? field.name.dropFirst(prefix.count) : field.name[...]
        return (name, String(part))
    }

    /// As headers list it: `BillingAddress.City`.
    static func listedName(of field: MockField) -> String {
        guard let compound = Self.compound(of: field) else { return field.name }
        return "\(compound.name).\(compound.part)"
    }
}
