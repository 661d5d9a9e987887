import CRMInterface
import SyncCore

extension MappingCompiler {
    /// The properties that rules look at and that are not mapped: read, never written.
    func watched(_ mapping: Configuration.Mapping) -> [String] {
        var names: [String] = []
        let asked =
            mapping.createRules.flatMap(\.conditions).map(\.property)
            + mapping.include.hubspot.joined().map(\.field)
        for name in asked
        where !mapping.fields.contains(where: { $0.hubspot == name }) && !names.contains(name) {
            names.append(name)
        }
        return names
    }

    /// Adds a field for each property that only rules look at; Salesforce has none.
    mutating func watch(
        _ mapping: Configuration.Mapping,
        _ hubspot: ObjectDescription,
        _ compiled: inout ObjectMapping
    ) {
        for name in self.watched(mapping) {
            guard let found = hubspot.field(name) else { continue }
            compiled.fields.append(
                FieldMapping(
                    index: compiled.fields.count,
                    hubspot: name,
                    salesforce: "",
                    rule: .dontSync
                )
            )
            compiled.hubspot.fields.append(.init(name: found.name, shape: found.shape))
            for place in compiled.salesforce.indices {
                compiled.salesforce[place].fields.append(nil)
            }
        }
    }

    /// The rules of `createAs` on the fields of the compiled mapping.
    mutating func rules(
        _ mapping: Configuration.Mapping,
        _ compiled: ObjectMapping
    ) -> [CreateRule] {
        mapping.createRules.map { rule in
            var made = CreateRule(object: rule.object, conditions: [])
            for condition in rule.conditions {
                if let condition = self.condition(condition, compiled) {
                    made.conditions.append(condition)
                }
            }
            return made
        }
    }

    private mutating func condition(
        _ condition: Configuration.CreateRule.Condition,
        _ compiled: ObjectMapping
    ) -> CreateRule.Condition? {
        let property = condition.property
        guard let field = compiled.fields.first(where: { $0.hubspot == property }),
            let shape = compiled.hubspot.fields[field.index]?.shape
        else {
            self.fail(
                condition.place,
                "`createAs` names `\(property)`, which HubSpot \(compiled.hubspot.name) does not have."
            )
            return nil
        }
        switch condition.test {
        case .isSet: return .isSet(index: field.index)
        case .isSynced:
            guard case .reference = field.kind else {
                self.fail(
                    condition.place,
                    "`\(property): synced` asks for a record, and `\(property)` names none here.",
                    "Map it first, as `associatedcompanyid` with `AccountId`, or write values or `any`."
                )
                return nil
            }
            return .isSynced(index: field.index)
        case .oneOf(let values):
            let normal = values.compactMap { text -> String? in
                let value = Normalization.value(fromWire: Array(text.utf8), shape: shape)?.text
                guard let value, shape.choices?.contains(value) ?? true else {
                    self.fail(
                        condition.place,
                        "`createAs` asks for `\(text)`, which `\(property)` cannot be.",
                        shape.choices.map { Suggestion.text(for: text, among: $0) }
                    )
                    return nil
                }
                return value
            }
            return .oneOf(index: field.index, values: normal)
        }
    }
}
