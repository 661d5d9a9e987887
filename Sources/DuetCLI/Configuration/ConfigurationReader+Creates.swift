import SyncCore
import Yams

/// What a mapping makes of records that only one CRM has.
extension ConfigurationReader {
    /// Where a record that only one CRM has is made.
    mutating func creates(_ node: Node?) -> Configuration.Creates {
        guard let node, let text = self.text(node, "creates") else { return .both }
        guard let choice = Configuration.Creates(rawValue: text) else {
            let names = Configuration.Creates.allCases.map(\.rawValue)
            self.fail(
                node,
                "`creates: \(text)` is unknown.",
                Suggestion.text(for: text, among: names)
            )
            return .both
        }
        return choice
    }

    /// For which new records Salesforce's assignment rules choose the owner.
    mutating func assignment(_ node: Node?, among objects: [String]) -> AssignmentPolicy {
        guard let node, let text = self.text(node, "assignmentRules") else { return .new }
        if !objects.contains(where: AssignmentPolicy.objects.contains) {
            self.fail(
                node,
                "`assignmentRules` is for mappings with Lead, Case or Account: nothing else has any."
            )
        }
        guard let choice = AssignmentPolicy(rawValue: text) else {
            let names = AssignmentPolicy.allCases.map(\.rawValue)
            self.fail(
                node,
                "`assignmentRules: \(text)` is unknown.",
                Suggestion.text(for: text, among: names)
            )
            return .new
        }
        return choice
    }

    /// What new Tasks are of, as Salesforce's `Type`.
    mutating func taskType(
        _ node: Node?,
        among objects: [String],
        _ fields: [Configuration.Field]
    ) -> String? {
        guard let node, let text = self.text(node, "taskType") else { return nil }
        if !objects.contains("Task") {
            self.fail(node, "`taskType` is for mappings with Task: nothing else has one.")
        }
        if fields.contains(where: { $0.salesforce.name(on: "Task") == "Type" }) {
            self.fail(
                node,
                "`taskType` and the mapping of `Type` both say what it becomes.",
                "Leave one of them out."
            )
        }
        return text
    }
}
