import SyncCore
import Yams

extension ConfigurationReader {
    /// What new records become: one name, or rules in order and the name for all others.
    ///
    /// ```yaml
    /// createAs:
    ///   - contact: {lifecyclestage: [opportunity, customer]}
    ///   - contact: {associatedcompanyid: synced}
    ///   - lead
    /// ```
    mutating func createAs(
        _ node: Node?,
        among objects: [String]
    ) -> (object: String, rules: [Configuration.CreateRule]) {
        guard let list = node?.sequence else {
            return (self.objectName(node, among: objects), [])
        }
        var rules: [Configuration.CreateRule] = []
        for item in list.dropLast() {
            if let rule = self.createRule(item, among: objects) { rules.append(rule) }
        }
        guard let last = list.last, last.scalar != nil else {
            self.fail(
                list.last ?? node ?? Node(""),
                "`createAs` must end with what all others become.",
                Suggestion.text(for: "", among: objects.map { $0.lowercased() })
            )
            return (objects.first ?? "", rules)
        }
        return (self.objectName(last, among: objects), rules)
    }

    private mutating func objectName(_ node: Node?, among objects: [String]) -> String {
        let first = objects.first ?? ""
        guard let node, let text = self.text(node, "createAs") else { return first }
        guard let object = objects.first(where: { $0.lowercased() == text.lowercased() }) else {
            self.fail(
                node,
                "`createAs: \(text)` is not one of the mapping's Salesforce objects.",
                Suggestion.text(for: text, among: objects.map { $0.lowercased() })
            )
            return first
        }
        return object
    }

    private mutating func createRule(
        _ node: Node,
        among objects: [String]
    ) -> Configuration.CreateRule? {
        guard let mapping = node.mapping, mapping.count == 1, let entry = mapping.first,
            let tests = entry.value.mapping, !tests.isEmpty
        else {
            self.fail(
                node,
                "A rule of `createAs` names an object and what must hold.",
                "Write `contact: {lifecyclestage: [opportunity, customer]}`; the plain name comes last."
            )
            return nil
        }
        let object = self.objectName(entry.key, among: objects)
        let conditions = tests.compactMap { key, value -> Configuration.CreateRule.Condition? in
            guard let property = self.text(key, "createAs"), let test = self.test(value) else {
                return nil
            }
            return .init(property: property, test: test, place: Self.place(of: key))
        }
        return Configuration.CreateRule(object: object, conditions: conditions)
    }

    /// A list of values, one of them, `any` for whatever value, or `synced` of a record that is named.
    private mutating func test(_ node: Node) -> Configuration.CreateRule.Test? {
        if let list = node.sequence {
            return .oneOf(list.compactMap { self.text($0, "createAs") })
        }
        switch self.text(node, "createAs") {
        case "any": return .isSet
        case "synced": return .isSynced
        case let value?: return .oneOf([value])
        case nil: return nil
        }
    }
}
