/// Converts a value from one side's normal form into the other's.
package enum FieldConversion {
    /// A value that fits, or why none does.
    package enum Result: Sendable, Hashable {
        case value(FieldValue)
        case problem(Problem)
    }

    package enum Problem: String, Sendable, Hashable {
        case wrongType
        case notAChoice
        /// The record that the value names has no counterpart yet.
        case notLinked
        /// The record that the value names is of an object that is not synced.
        case elsewhere
    }

    /// Why two fields cannot be mapped to each other, or `nil` if they can.
    package static func incompatibility(hubspot: FieldShape, salesforce: FieldShape) -> String? {
        if hubspot.type == salesforce.type { return nil }
        let textual: Set<FieldType> = [.text, .email, .singleChoice, .reference]
        switch (hubspot.type, salesforce.type) {
        case (.text, _), (_, .text): return nil
        case (.date, .datetime), (.datetime, .date): return nil
        case (.singleChoice, .multiChoice), (.multiChoice, .singleChoice): return nil
        case (.singleChoice, .boolean), (.boolean, .singleChoice): return nil
        case let (left, right) where textual.contains(left) && textual.contains(right): return nil
        case (.email, _), (.number, _), (.boolean, _), (.date, _), (.datetime, _),
            (.singleChoice, _), (.multiChoice, _), (.reference, _):
            return "values of the one kind have no form in the other"
        }
    }

    /// Converts towards a side; blank stays blank, but for Salesforce's checkboxes, which have no
    /// blank (Salesforce: null for a boolean is refused).
    package static func convert(
        _ value: FieldValue,
        to side: Side,
        field: FieldMapping,
        from source: FieldShape,
        into target: FieldShape,
        references: References = .none
    ) -> Result {
        guard value != .unread else { return .problem(.wrongType) }
        guard !value.isBlank else {
            let isCheckbox = side == .salesforce && target.type == .boolean
            return .value(isCheckbox ? FieldValue(normal: "false") : .blank)
        }
        if let targets = field.targets {
            guard let record = targets.record(value.text, on: side.other) else {
                return .problem(.elsewhere)
            }
            guard let id = references.counterpart(of: record) else { return .problem(.notLinked) }
            guard targets.takes(id, of: record.mapping, on: side) else {
                return .problem(.elsewhere)
            }
            let named = targets.value(naming: id, of: record.mapping, on: side)
            return .value(FieldValue(normal: named))
        }
        if field.namesPeople, let person = field.referred(value, on: side.other) {
            return Self.person(person, to: side, field, references.owners)
        }
        guard let mapped = Self.mapped(value, to: side, field) else {
            return .problem(.notAChoice)
        }
        guard let typed = Self.typed(mapped, from: source, into: target) else {
            return .problem(.wrongType)
        }
        let fitted = Self.fitted(typed, target)
        guard Self.isAllowed(fitted, target) else { return .problem(.notAChoice) }
        return .value(fitted)
    }

    /// Who somebody is in the other CRM: a queue may own a record, and nothing else.
    private static func person(
        _ person: References.Record,
        to side: Side,
        _ field: FieldMapping,
        _ owners: Owners
    ) -> Result {
        guard let owner = owners.counterpart(of: person.id, on: person.side) else {
            return .problem(.notLinked)
        }
        guard field.kind == .user else { return .value(FieldValue(normal: owner)) }
        let user = owners.user(of: person.id, on: person.side)
        return user.map { .value(FieldValue(normal: $0)) } ?? .problem(.notAChoice)
    }

    /// Whether text of so many bytes, in the normal form of both fields, goes over unchanged.
    static func keeps(_ count: Int, from source: FieldShape, into target: FieldShape) -> Bool {
        source.type.isText && target.type.isText && target.choices == nil
            && target.lengthMax.map { count <= $0 } ?? true
    }

    /// The HubSpot form of a Salesforce value, for matching; `nil` if it has none.
    package static func toHubSpot(
        _ value: FieldValue,
        mapping: ObjectMapping,
        field index: Int,
        object: String
    ) -> FieldValue? {
        Self.value(value, to: .hubspot, mapping: mapping, field: index, object: object)
    }

    /// The Salesforce form of a HubSpot value, for matching; `nil` if it has none.
    package static func toSalesforce(
        _ value: FieldValue,
        mapping: ObjectMapping,
        field index: Int,
        object: String
    ) -> FieldValue? {
        Self.value(value, to: .salesforce, mapping: mapping, field: index, object: object)
    }

    /// A side's form of the other side's value; `nil` if it has none.
    package static func value(
        _ value: FieldValue,
        to side: Side,
        mapping: ObjectMapping,
        field index: Int,
        object: String,
        references: References = .none
    ) -> FieldValue? {
        guard let hubspot = mapping.hubspot.fields[index]?.shape,
            let salesforce = mapping.object(object, on: .salesforce)?.fields[index]?.shape
                ?? mapping.salesforce.compactMap({ $0.fields[index]?.shape }).first
        else { return nil }
        let result = Self.convert(
            value,
            to: side,
            field: mapping.fields[index],
            from: side == .salesforce ? hubspot : salesforce,
            into: side == .salesforce ? salesforce : hubspot,
            references: references
        )
        switch result {
        case .value(let value): return value
        case .problem: return nil
        }
    }

    // MARK: - Steps

    /// The value as the value map has it; `nil` where the map lists it not and rejects what it does not.
    private static func mapped(
        _ value: FieldValue,
        to side: Side,
        _ field: FieldMapping
    ) -> FieldValue? {
        guard !field.values.isEmpty || field.rejectsUnlisted else { return value }
        var mapped: [String] = []
        for part in value.text.split(separator: ";").map(String.init) {
            let listed = field.listed(part, to: side)
            guard listed != nil || !field.rejectsUnlisted else { return nil }
            mapped.append(listed ?? part)
        }
        return FieldValue(normal: mapped.joined(separator: ";"))
    }

    private static func typed(
        _ value: FieldValue,
        from source: FieldShape,
        into target: FieldShape
    ) -> FieldValue? {
        switch (source.type, target.type) {
        case (.datetime, .date):
            guard let time = Int64(value.text) else { return nil }
            return FieldValue(normal: String(CivilTime.text(time).prefix(10)))
        case (.datetime, .text):
            guard let time = Int64(value.text) else { return nil }
            return FieldValue(normal: CivilTime.text(time))
        case (_, .text): return Normalization.value(fromWire: value.bytes, shape: target)
        case (.multiChoice, .singleChoice):
            // A single choice takes a set of one; a larger one does not fit.
            return value.bytes.contains(UInt8(ascii: ";")) ? nil : value
        default: return Normalization.value(fromWire: value.bytes, shape: target)
        }
    }

    /// Cuts and rounds to what the target keeps.
    private static func fitted(_ value: FieldValue, _ target: FieldShape) -> FieldValue {
        switch target.type {
        case .text, .email, .singleChoice, .reference:
            guard let max = target.lengthMax, value.bytes.count > max else { return value }
            let scalars = value.text.unicodeScalars
            guard scalars.count > max else { return value }
            let cut = String(String.UnicodeScalarView(scalars.prefix(max)))
            return FieldValue(bytes: Array(Normalization.trimmed(Array(cut.utf8))))
        case .number:
            guard let scale = target.scale, let decimal = DecimalText(value.bytes[...]) else {
                return value
            }
            return FieldValue(bytes: decimal.rounded(to: scale).bytes)
        case .datetime:
            guard target.wholeSeconds, let time = Int64(value.text) else { return value }
            let seconds = time >= 0 ? time / 1_000 : (time - 999) / 1_000
            return FieldValue(normal: String(seconds * 1_000))
        case .boolean, .date, .multiChoice: return value
        }
    }

    private static func isAllowed(_ value: FieldValue, _ target: FieldShape) -> Bool {
        guard let choices = target.choices else { return true }
        switch target.type {
        case .singleChoice: return choices.contains(value.text)
        case .multiChoice:
            return value.text.split(separator: ";").allSatisfy { choices.contains(String($0)) }
        case .text, .email, .number, .boolean, .date, .datetime, .reference: return true
        }
    }
}
