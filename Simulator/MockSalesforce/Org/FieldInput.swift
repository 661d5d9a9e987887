import WireJSON

/// One member of a record that a client or a person sends.
struct FieldInput: Sendable {
    enum Content: Sendable {
        case value(Value)
        /// A parent named by its own external id: `"Account":{"Key__c":"77"}`.
        case parent(field: String, value: Value)
        /// An array, or an object that names no parent.
        case unusable
    }

    var name: String
    var content: Content

    init(_ name: String, _ value: Value) {
        self.name = name
        self.content = .value(value)
    }

    init(_ name: String, _ json: JSON) {
        self.name = name
        switch json.kind {
        case .null: self.content = .value(.null)
        case .boolean: self.content = .value(.boolean(json.boolean ?? false))
        case .number: self.content = .value(.number(json.numberText ?? "0"))
        case .string: self.content = .value(.text(json.string ?? ""))
        case .array: self.content = .unusable
        case .object:
            let keys = json.members.filter { $0.name != "attributes" }
            guard keys.count == 1, let key = keys.first else {
                self.content = .unusable
                return
            }
            switch FieldInput(key.name, key.value).content {
            case .value(let value): self.content = .parent(field: key.name, value: value)
            case .parent, .unusable: self.content = .unusable
            }
        }
    }

    /// The members of a record without `attributes`.
    static func members(of record: JSON) -> [FieldInput] {
        record.members.compactMap { member in
            member.name == "attributes" ? nil : FieldInput(member.name, member.value)
        }
    }
}
