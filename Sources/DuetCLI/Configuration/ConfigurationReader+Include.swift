import SyncCore
import Yams

extension ConfigurationReader {
    /// Which records are synced: all, or those of which each CRM's conditions hold.
    ///
    /// ```yaml
    /// include:
    ///   hubspot:
    ///     - {lifecyclestage: [opportunity, customer], country: {not: Germany}}
    ///     - {vip: "true"}
    ///   salesforce: {Type: Customer}
    ///   segment: Customers in Europe
    /// ```
    mutating func include(_ node: Node?) -> Configuration.Inclusion {
        var inclusion = Configuration.Inclusion()
        guard let node, node.scalar?.string != "all" else { return inclusion }
        guard
            let members = self.members(
                of: node,
                known: ["hubspot", "salesforce", "segment"],
                what: "`include`"
            )
        else { return inclusion }
        if members.isEmpty {
            self.fail(node, "`include` says nothing.", "Write `include: all`, or leave it out.")
        }
        if let filters = members["hubspot"] { inclusion.hubspot = self.filters(filters) }
        if let filters = members["salesforce"] { inclusion.salesforce = self.filters(filters) }
        if let node = members["segment"], let name = self.text(node, "segment") {
            inclusion.segment = .init(name: name, place: Self.place(of: node))
        }
        return inclusion
    }

    /// Lists of conditions, of which one must hold as a whole.
    private mutating func filters(_ node: Node) -> [[Configuration.Inclusion.Condition]] {
        let lists = node.sequence.map(Array.init) ?? [node]
        let filters = lists.compactMap { list -> [Configuration.Inclusion.Condition]? in
            guard let conditions = list.mapping, !conditions.isEmpty else {
                self.fail(
                    list,
                    "`include` lists what fields must be.",
                    "Write `{lifecyclestage: [opportunity, customer]}`."
                )
                return nil
            }
            return conditions.flatMap { key, value -> [Configuration.Inclusion.Condition] in
                guard let field = self.text(key, "include") else { return [] }
                return self.tests(value, of: field).map {
                    .init(field: field, test: $0, place: Self.place(of: key))
                }
            }
        }
        if filters.isEmpty, node.sequence != nil {
            self.fail(node, "`include` names no condition.", "Leave it out to sync all records.")
        }
        return filters
    }

    /// A value, a list of them, `any`, `none`, or what the value must be otherwise.
    private mutating func tests(
        _ node: Node,
        of field: String
    ) -> [Configuration.Inclusion.Test] {
        guard let tests = node.mapping else {
            if node.sequence != nil { return [.oneOf(self.values(node))] }
            switch self.text(node, field) {
            case "any": return [.isSet]
            case "none": return [.isBlank]
            case let value?: return [.oneOf([value])]
            case nil: return []
            }
        }
        if tests.isEmpty { self.failEmpty(node, field) }
        return tests.compactMap { key, value in
            let name = key.scalar?.string ?? ""
            switch name {
            case "not" where value.scalar?.string == "any": return .isBlank
            case "not" where value.scalar?.string == "none": return .isSet
            case "not": return .noneOf(self.values(value))
            case "contains": return self.text(value, name).map { .contains($0) }
            case "above": return self.text(value, name).map { .above($0) }
            case "below": return self.text(value, name).map { .below($0) }
            default:
                self.fail(
                    key,
                    "`\(field): {\(name): …}` is no condition.",
                    Suggestion.text(for: name, among: ["not", "contains", "above", "below"])
                )
                return nil
            }
        }
    }

    private mutating func values(_ node: Node) -> [String] {
        let nodes = node.sequence.map(Array.init) ?? [node]
        if nodes.isEmpty { self.failEmpty(node, "include") }
        return nodes.compactMap { self.text($0, "include") }
    }

    private mutating func failEmpty(_ node: Node, _ name: String) {
        self.fail(
            node,
            "`\(name)` names nothing that a value must be.",
            "Write a value, a list of them, `any` or `none`."
        )
    }
}
