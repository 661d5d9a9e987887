import CRMInterface
import SyncCore

extension MappingCompiler {
    /// The Salesforce fields that `include` looks at and that are not mapped: read, never written.
    func watchedInSalesforce(_ mapping: Configuration.Mapping) -> [String] {
        var names: [String] = []
        for condition in mapping.include.salesforce.joined()
        where !names.contains(condition.field)
            && !mapping.fields.contains(where: { field in
                mapping.salesforce.allSatisfy { field.salesforce.name(on: $0) == condition.field }
            })
        {
            names.append(condition.field)
        }
        return names
    }

    /// All that is read and not synced, each under a name of its own.
    func lookedAt(_ mapping: Configuration.Mapping) -> [String] {
        self.watched(mapping) + self.watchedInSalesforce(mapping).map { "\u{1}\($0)" }
            + [self.segments[mapping.name]?.list].compactMap(\.self).map { "\u{2}\($0)" }
    }

    /// Adds a field for each Salesforce field that only `include` looks at; HubSpot has none.
    mutating func watchSalesforce(
        _ mapping: Configuration.Mapping,
        _ objects: [ObjectDescription],
        _ compiled: inout ObjectMapping
    ) {
        for name in self.watchedInSalesforce(mapping) {
            let found = objects.map { $0.field(name) }
            guard !found.isEmpty, found.allSatisfy({ $0 != nil }) else { continue }
            compiled.fields.append(
                FieldMapping(
                    index: compiled.fields.count,
                    hubspot: "",
                    salesforce: name,
                    rule: .dontSync
                )
            )
            compiled.hubspot.fields.append(nil)
            for (place, field) in found.enumerated() {
                compiled.salesforce[place].fields.append(
                    field.map { .init(name: $0.name, shape: $0.shape) }
                )
            }
        }
    }

    /// Adds the field that says whether a record is in the mapping's segment.
    mutating func includeSegment(_ mapping: Configuration.Mapping, _ compiled: inout ObjectMapping)
    {
        guard let wanted = mapping.include.segment else { return }
        guard let segment = self.segments[mapping.name] else {
            // Without it nothing would keep anybody out.
            return self.fail(
                wanted.place,
                "The segment `\(wanted.name)` was not looked up in HubSpot."
            )
        }
        let index = compiled.fields.count
        compiled.fields.append(
            FieldMapping(
                index: index,
                hubspot: "segment",
                salesforce: "",
                rule: .dontSync,
                kind: .membership(list: segment.list)
            )
        )
        compiled.hubspot.fields.append(
            .init(name: "segment", shape: FieldShape(type: .boolean, isWritable: false))
        )
        for place in compiled.salesforce.indices { compiled.salesforce[place].fields.append(nil) }
        compiled.inclusion.segment = .init(list: segment.list, name: segment.name, index: index)
    }

    /// What `include` says, on the fields of the compiled mapping.
    mutating func inclusion(
        _ mapping: Configuration.Mapping,
        _ compiled: ObjectMapping
    ) -> Inclusion {
        var inclusion = Inclusion()
        for side in Side.allCases {
            let filters = mapping.include.filters(on: side).map { filter in
                filter.compactMap { self.condition($0, on: side, compiled) }
            }
            switch side {
            case .hubspot: inclusion.hubspot = filters
            case .salesforce: inclusion.salesforce = filters
            }
        }
        return inclusion
    }

    private mutating func condition(
        _ condition: Configuration.Inclusion.Condition,
        on side: Side,
        _ compiled: ObjectMapping
    ) -> Inclusion.Condition? {
        let name = condition.field
        let objects = side == .hubspot ? [compiled.hubspot] : compiled.salesforce
        let place = compiled.fields.first { field in
            objects.allSatisfy { $0.fields[field.index]?.name == name }
        }
        guard let index = place?.index, let shape = objects.first?.fields[index]?.shape else {
            let names = objects.map(\.name).joined(separator: " and ")
            let crm = side == .hubspot ? "HubSpot" : "Salesforce"
            self.fail(
                condition.place,
                "`include` asks for `\(name)`, which \(crm) \(names) does not have.",
                "Every object of the mapping must have it, and the integration user must see it."
            )
            return nil
        }
        guard let test = self.test(condition, shape) else { return nil }
        return Inclusion.Condition(
            index: index,
            test: test,
            isMultiple: shape.type == .multiChoice
        )
    }

    private mutating func test(
        _ condition: Configuration.Inclusion.Condition,
        _ shape: FieldShape
    ) -> Inclusion.Condition.Test? {
        switch condition.test {
        case .isSet: .isSet
        case .isBlank: .isBlank
        case .oneOf(let values): .oneOf(values.compactMap { self.normal($0, condition, shape) })
        case .noneOf(let values): .noneOf(values.compactMap { self.normal($0, condition, shape) })
        case .contains(let text): .contains(text)
        case .above(let text): self.bound(text, condition, shape).map { .above($0) }
        case .below(let text): self.bound(text, condition, shape).map { .below($0) }
        }
    }

    private mutating func bound(
        _ text: String,
        _ condition: Configuration.Inclusion.Condition,
        _ shape: FieldShape
    ) -> Inclusion.Condition.Bound? {
        guard [.number, .date, .datetime].contains(shape.type) else {
            self.fail(
                condition.place,
                "`\(condition.field)` is neither a number nor a date: nothing is above or below it."
            )
            return nil
        }
        guard let normal = self.normal(text, condition, shape) else { return nil }
        return shape.type == .date ? .date(normal) : Double(normal).map { .number($0) }
    }

    /// A value in the field's normal form, or `nil` where the field cannot have it.
    private mutating func normal(
        _ text: String,
        _ condition: Configuration.Inclusion.Condition,
        _ shape: FieldShape
    ) -> String? {
        let value = Normalization.value(fromWire: Array(text.utf8), shape: shape)?.text
        guard let value, !value.isEmpty, shape.choices?.contains(value) ?? true else {
            self.fail(
                condition.place,
                "`include` asks for `\(text)`, which `\(condition.field)` cannot be.",
                shape.choices.map { Suggestion.text(for: text, among: $0) }
            )
            return nil
        }
        return value
    }
}
