/// What the org's own rules do with a record before it is saved.
extension MockOrg {
    /// Runs the flows in their order; gives what they wrote.
    func runFlows(
        _ table: Int,
        _ values: inout [Value],
        _ context: WriteContext
    ) throws(RequestFailure) -> [FieldWrite] {
        var writes: [FieldWrite] = []
        guard !self.flowRules.isEmpty, !context.isSeed else { return writes }
        let object = self.tables[table].object
        for rule in self.flowRules where rule.object == object.name {
            guard let place = object.systemPlace(of: rule.field), place < values.count else {
                continue
            }
            var value = values[place]
            switch rule.action {
            case .set(let constant): value = constant
            case .copy(let source):
                guard let from = object.systemPlace(of: source), from < values.count else {
                    continue
                }
                value = values[from]
            case .upperCase:
                if let text = value.text { value = .text(text.uppercased()) }
            case .fail(let message): throw Self.failedFlow(message)
            }
            do throws(RequestFailure) {
                value = try FieldConversion(
                    field: object.fields[place],
                    trimsText: context.trimsText
                )
                .convert(value)
            } catch {
                throw Self.failedFlow(error.errors.first?.message ?? "")
            }
            values[place] = value
            writes.append(FieldWrite(place: place, value: value))
        }
        return writes
    }

    /// Refuses a record that meets the condition of a validation rule; names every such rule.
    func requireValid(
        _ table: Int,
        _ values: [Value],
        _ context: WriteContext
    ) throws(RequestFailure) {
        guard !self.validationRules.isEmpty, !context.isSeed else { return }
        let object = self.tables[table].object
        var errors: [MockSalesforceError] = []
        for rule in self.validationRules where rule.object == object.name {
            guard Self.meets(rule, object, values) else { continue }
            errors.append(
                MockSalesforceError(
                    "FIELD_CUSTOM_VALIDATION_EXCEPTION",
                    rule.message,
                    fields: rule.errorField.map { [$0] } ?? []
                )
            )
        }
        guard errors.isEmpty else { throw RequestFailure(errors) }
    }

    private static func meets(
        _ rule: MockSalesforceValidationRule,
        _ object: MockObject,
        _ values: [Value]
    ) -> Bool {
        guard let value = Self.value(rule.field, object, values) else { return false }
        switch rule.condition {
        case .isBlank: return value.isNull
        case .longer(let length): return value.wireText.count > length
        case .shorter(let length): return value.wireText.count < length
        case .outside(let range):
            guard case .number(let text) = value, let number = Double(text) else { return false }
            return !range.contains(number)
        case .equals(let other): return value == other
        case .isBlankWhileSet(let other):
            guard let other = Self.value(other, object, values) else { return false }
            return value.isNull && !other.isNull
        }
    }

    private static func value(_ name: String, _ object: MockObject, _ values: [Value]) -> Value? {
        guard let place = object.systemPlace(of: name) else { return nil }
        return place < values.count ? values[place] : .null
    }

    private static func failedFlow(_ message: String) -> RequestFailure {
        RequestFailure("CANNOT_EXECUTE_FLOW_TRIGGER", message, fields: [])
    }
}
