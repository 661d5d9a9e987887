import SyncCore
import Yams

extension ConfigurationReader {
    /// What deletes do to counterparts: one word for both CRMs, or a line for each.
    mutating func deletes(_ node: Node?, _ kind: ObjectKind) -> DeletePolicy {
        guard let node else { return DeletePolicy() }
        let policy = self.policy(node)
        // Salesforce deletes an account's contacts, opportunities and cases with it (Object Reference: Account).
        if kind.hubspot == "companies", policy.fromHubSpot == .delete {
            self.fail(
                node,
                "Deleting an account deletes its contacts, opportunities and cases too, so that a company deleted "
                    + "in HubSpot never deletes one.",
                "Write `deletes: {fromHubSpot: report, fromSalesforce: delete}`."
            )
        }
        return policy
    }

    private mutating func policy(_ node: Node) -> DeletePolicy {
        if node.scalar != nil {
            let action = self.deleteAction(node, "deletes")
            return DeletePolicy(fromHubSpot: action, fromSalesforce: action)
        }
        let known = ["fromHubSpot", "fromSalesforce", "atMost"]
        guard let members = self.members(of: node, known: known, what: "`deletes`") else {
            return DeletePolicy()
        }
        var policy = DeletePolicy()
        if let item = members["fromHubSpot"] {
            policy.fromHubSpot = self.deleteAction(item, "fromHubSpot")
        }
        if let item = members["fromSalesforce"] {
            policy.fromSalesforce = self.deleteAction(item, "fromSalesforce")
        }
        if let item = members["atMost"] {
            if let number = item.scalar.flatMap({ Int($0.string) }), number >= 0 {
                policy.atMost = number
            } else {
                self.fail(item, "`atMost` must be how many records may be deleted within a day.")
            }
        }
        return policy
    }

    private mutating func deleteAction(_ node: Node, _ name: String) -> DeletePolicy.Action {
        guard let text = self.text(node, name) else { return .report }
        guard let action = DeletePolicy.Action(rawValue: text) else {
            self.fail(
                node,
                "`\(name): \(text)` is unknown.",
                Suggestion.text(for: text, among: DeletePolicy.Action.allCases.map(\.rawValue))
            )
            return .report
        }
        return action
    }
}
