import Yams

extension ConfigurationReader {
    /// Ties of a mapping's records that are records of their own in Salesforce.
    ///
    /// ```yaml
    /// relations:
    ///   - with: contacts
    ///     through: OpportunityContactRole
    ///     labels: {Decision maker: Decision Maker}
    /// ```
    mutating func relations(_ node: Node?) -> [Configuration.Relation] {
        guard let node else { return [] }
        guard let list = node.sequence else {
            self.fail(
                node,
                "`relations` is a list.",
                "Write `- with: contacts` and `through: OpportunityContactRole` below it."
            )
            return []
        }
        return list.compactMap { item in
            let known = ["with", "through", "role", "labels"]
            guard let members = self.members(of: item, known: known, what: "a relation"),
                let withNode = self.required("with", of: members, at: item),
                let throughNode = self.required("through", of: members, at: item),
                let with = self.text(withNode, "with"),
                let through = self.text(throughNode, "through")
            else { return nil }
            return Configuration.Relation(
                with: .init(object: with),
                through: through,
                role: members["role"].flatMap { self.text($0, "role") },
                labels: self.labels(members["labels"]),
                place: Self.place(of: item)
            )
        }
    }

    private mutating func labels(_ node: Node?) -> [Configuration.Relation.Label] {
        guard let node else { return [] }
        guard let pairs = node.mapping else {
            self.fail(
                node,
                "`labels` lists HubSpot's labels with what they are in Salesforce.",
                "Write `labels: {Decision maker: Decision Maker}`."
            )
            return []
        }
        var labels: [Configuration.Relation.Label] = []
        for (key, value) in pairs {
            guard let label = self.text(key, "labels"), let role = self.text(value, label) else {
                continue
            }
            if labels.contains(where: { $0.label == label || $0.role == role }) {
                self.fail(
                    key,
                    "`labels` names `\(label)` or `\(role)` twice: each says one thing only."
                )
            }
            labels.append(.init(label: label, role: role, place: Self.place(of: key)))
        }
        return labels
    }
}
