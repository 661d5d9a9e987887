import WireJSON

/// Conditions on a record's properties that its events must meet.
struct JournalFilter: Sendable, Codable {
    struct Condition: Sendable, Codable {
        var property: String
        var operation: String
        var values: [String]
    }

    static let operators: Set<String> = [
        "EQ", "N_EQ", "LT", "LTE", "GT", "GTE", "CONTAINS", "STARTS_WITH", "ENDS_WITH", "IN",
        "NOT_IN", "IS_EMPTY", "IS_NOT_EMPTY",
    ]

    var id: Int64
    var subscriptionID: Int64
    var createdAt: Int64
    var conditions: [Condition]
    /// The filter as it was given.
    var json: [UInt8]

    /// The conditions, or why they are none.
    static func conditions(_ json: JSON?) -> Result<[Condition], PropertyProblem> {
        let items = json?["conditions"]?.elements ?? []
        guard !items.isEmpty else {
            return .failure(.init(code: "", message: "filter.conditions must not be empty"))
        }
        var conditions: [Condition] = []
        for item in items {
            let operation = item["operator"]?.string ?? ""
            guard item["filterType"]?.string == "CRM_OBJECT_PROPERTY",
                let property = item["property"]?.string, Self.operators.contains(operation)
            else {
                return .failure(
                    .init(code: "", message: "filterType, property and operator must be valid")
                )
            }
            var values = item["values"]?.elements.compactMap { $0.string ?? $0.numberText } ?? []
            if let value = item["value"].flatMap({ $0.string ?? $0.numberText }) {
                values.append(value)
            }
            guard !values.isEmpty || operation.hasSuffix("EMPTY") else {
                return .failure(.init(code: "", message: "\(operation) needs a value"))
            }
            conditions.append(
                Condition(property: property, operation: operation, values: values)
            )
        }
        return .success(conditions)
    }

    func matches(_ record: [String: String]) -> Bool {
        self.conditions.allSatisfy { Self.holds(record[$0.property] ?? "", $0) }
    }

    private static func holds(_ own: String, _ condition: Condition) -> Bool {
        let own = own.lowercased()
        let values = condition.values.map { $0.lowercased() }
        let first = values.first ?? ""
        switch condition.operation {
        case "IS_EMPTY": return own.isEmpty
        case "IS_NOT_EMPTY": return !own.isEmpty
        case "EQ", "IN": return values.contains(own)
        case "N_EQ", "NOT_IN": return !values.contains(own)
        case "CONTAINS": return own.contains(first)
        case "STARTS_WITH": return own.hasPrefix(first)
        case "ENDS_WITH": return own.hasSuffix(first)
        default: break
        }
        guard !own.isEmpty else { return false }
        let numbers = (Double(own), Double(first))
        if case (let left?, let right?) = numbers {
            return Self.compares(left, condition.operation, right)
        }
        return Self.compares(own, condition.operation, first)
    }

    private static func compares<Value: Comparable>(
        _ left: Value,
        _ operation: String,
        _ right: Value
    ) -> Bool {
        switch operation {
        case "LT": left < right
        case "LTE": left <= right
        case "GT": left > right
        case "GTE": left >= right
        default: false
        }
    }
}
