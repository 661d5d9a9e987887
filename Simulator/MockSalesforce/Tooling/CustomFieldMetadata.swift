import WireJSON

/// The `Metadata` of a custom field as the Tooling API takes it.
enum CustomFieldMetadata {
    private static let picklistValuesMax = 1000
    private static let types: [String: MockFieldType] = [
        "Text": .string, "Number": .double, "Checkbox": .boolean, "Date": .date,
        "DateTime": .datetime, "Time": .time, "Email": .email, "Phone": .phone, "Url": .url,
        "Picklist": .picklist, "MultiselectPicklist": .multipicklist, "TextArea": .textarea,
        "LongTextArea": .textarea, "Html": .textarea, "Currency": .currency, "Percent": .percent,
        "Lookup": .reference, "MasterDetail": .reference, "AutoNumber": .string,
        "EncryptedText": .encryptedstring,
    ]
    /// The characters of types that take no length.
    private static let lengths: [String: Int] = [
        "Email": 80, "Phone": 40, "Url": 255, "Picklist": 255, "MultiselectPicklist": 4099,
        "TextArea": 255, "Lookup": 18, "MasterDetail": 18, "AutoNumber": 30,
    ]
    private static let lengthsMax: [String: Int] = [
        "Text": 255, "EncryptedText": 175, "LongTextArea": 131_072, "Html": 131_072,
    ]

    /// Reads a definition; the texts of refusals are from memory.
    static func field(
        _ name: String,
        on object: String,
        _ metadata: JSON
    ) throws(RequestFailure) -> MockSalesforceCustomField {
        let word = metadata["type"]?.string ?? ""
        guard let type = Self.types[word] else {
            throw Self.failure("bad value for restricted picklist field: \(word)", "Metadata")
        }
        guard let label = metadata["label"]?.string, !label.isEmpty else {
            throw Self.failure("Must specify a non-empty label for the CustomField", "Metadata")
        }
        var field = MockSalesforceCustomField(
            object: object,
            name: name,
            label: String(label.prefix(40)),
            type: type
        )
        try Self.size(&field, word, metadata)
        field.isRequired = metadata["required"]?.boolean ?? false
        field.isExternalID = metadata["externalId"]?.boolean ?? false
        field.isUnique = metadata["unique"]?.boolean ?? false
        field.isCaseSensitive = metadata["caseSensitive"]?.boolean ?? false
        let isKey = ["Text", "Number", "Email", "AutoNumber"].contains(word)
        for (flag, isSet) in [("externalId", field.isExternalID), ("unique", field.isUnique)]
        where isSet && !isKey {
            throw Self.failure(
                "Can not specify '\(flag)' for a CustomField of type \(word)",
                "Metadata"
            )
        }
        switch type {
        case .boolean where metadata["defaultValue"] == nil:
            throw Self.failure(
                "Must specify 'defaultValue' for a CustomField of type Checkbox",
                "Metadata"
            )
        case .picklist, .multipicklist: try Self.values(&field, metadata)
        case .reference: try Self.target(&field, word, metadata)
        default: break
        }
        if word == "AutoNumber" { try Self.count(&field, metadata) }
        return field
    }

    private static func size(
        _ field: inout MockSalesforceCustomField,
        _ word: String,
        _ metadata: JSON
    ) throws(RequestFailure) {
        field.length = Self.lengths[word] ?? 0
        if let max = Self.lengthsMax[word] {
            field.length = try Self.number("length", word, metadata, 1...max)
        }
        if field.type.isNumber {
            field.precision = try Self.number("precision", word, metadata, 1...18)
            field.scale = try Self.number("scale", word, metadata, 0...17)
            guard field.scale <= field.precision else {
                throw Self.failure("Scale must be no more than the precision", "Metadata")
            }
        }
    }

    private static func number(
        _ name: String,
        _ word: String,
        _ metadata: JSON,
        _ range: ClosedRange<Int>
    ) throws(RequestFailure) -> Int {
        guard let number = metadata[name]?.integer else {
            throw Self.failure(
                "Must specify '\(name)' for a CustomField of type \(word)",
                "Metadata"
            )
        }
        guard range.contains(Int(number)) else {
            throw Self.failure(
                "\(name) of a CustomField of type \(word) must be between \(range.lowerBound) and "
                    + "\(range.upperBound)",
                "Metadata"
            )
        }
        return Int(number)
    }

    private static func values(
        _ field: inout MockSalesforceCustomField,
        _ metadata: JSON
    ) throws(RequestFailure) {
        let set = metadata["valueSet"]
        let values = set?["valueSetDefinition"]?["value"]?.elements ?? []
        field.picklistValues = values.compactMap {
            ($0["valueName"] ?? $0["fullName"] ?? $0["label"])?.string
        }
        field.isRestrictedPicklist = set?["restricted"]?.boolean ?? false
        guard !field.picklistValues.isEmpty, values.count <= Self.picklistValuesMax else {
            throw Self.failure(
                "Must specify 'valueSet' for a CustomField of type Picklist, 1,000 values at most",
                "Metadata"
            )
        }
        guard Set(field.picklistValues).count == field.picklistValues.count else {
            throw Self.failure("Duplicate picklist value", "Metadata")
        }
    }

    private static func target(
        _ field: inout MockSalesforceCustomField,
        _ word: String,
        _ metadata: JSON
    ) throws(RequestFailure) {
        guard let target = metadata["referenceTo"]?.string else {
            throw Self.failure(
                "Must specify 'referenceTo' for a CustomField of type \(word)",
                "Metadata"
            )
        }
        field.referenceTo = target
        field.childRelationshipName = metadata["relationshipName"]?.string
        if word == "MasterDetail" {
            field.isMasterDetail = true
            field.isReparentable = metadata["reparentableMasterDetail"]?.boolean ?? false
        } else if let text = metadata["deleteConstraint"]?.string {
            guard let rule = MockLookupRule(rawValue: text) else {
                throw Self.failure("bad value for restricted picklist field: \(text)", "Metadata")
            }
            field.lookupRule = rule
        }
    }

    private static func count(
        _ field: inout MockSalesforceCustomField,
        _ metadata: JSON
    ) throws(RequestFailure) {
        let format = metadata["displayFormat"]?.string ?? "{0}"
        let first = metadata["startingNumber"]?.integer ?? 1
        guard AutoNumberFormat.isValid(format), (0...1_000_000_000).contains(first) else {
            throw Self.failure("A display format has one number such as {0000}", "Metadata")
        }
        field.autoNumberFormat = format
        field.firstNumber = Int(first)
    }

    static func failure(_ message: String, _ field: String) -> RequestFailure {
        RequestFailure("FIELD_INTEGRITY_EXCEPTION", message, fields: [field])
    }

    /// Writes what is known of a field's definition.
    static func write(_ field: MockField, to writer: inout JSONWriter) {
        let isLong = field.type == .textarea && field.length > 255
        let word: String
        if isLong {
            word = "LongTextArea"
        } else if field.type == .reference {
            word = field.isMasterDetail ? "MasterDetail" : "Lookup"
        } else {
            word = Self.types.filter { $0.value == field.type }.keys.sorted().last ?? "Text"
        }
        writer.object { writer in
            if let format = field.autoNumberFormat { writer.member("displayFormat", format) }
            if let rule = field.lookupRule, !field.isMasterDetail {
                writer.member("deleteConstraint", rule.rawValue)
            }
            if let name = field.childRelationshipName {
                writer.member("relationshipName", String(name.dropLast(3)))
            }
            writer.member("caseSensitive", field.isCaseSensitive)
            writer.member("externalId", field.isExternalID)
            writer.member("label", field.label)
            if field.type.isNumber {
                writer.member("precision", field.precision)
                writer.member("scale", field.scale)
            } else if field.length > 0 {
                writer.member("length", field.length)
            }
            writer.member("required", field.isRequired)
            writer.member("type", field.isAutoNumber ? "AutoNumber" : word)
            writer.member("unique", field.isUnique)
            if let target = field.referenceTo.first { writer.member("referenceTo", target) }
            guard !field.picklistValues.isEmpty else { return }
            writer.name("valueSet")
            writer.object { writer in
                writer.member("restricted", field.isRestrictedPicklist)
                writer.name("valueSetDefinition")
                writer.object { writer in
                    writer.name("value")
                    writer.array { writer in
                        for value in field.picklistValues {
                            writer.object { writer in
                                writer.member("label", value)
                                writer.member("valueName", value)
                            }
                        }
                    }
                }
            }
        }
    }
}
