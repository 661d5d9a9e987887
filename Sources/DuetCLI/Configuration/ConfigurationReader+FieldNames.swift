import SyncCore
import Yams

extension ConfigurationReader {
    /// Reads what a field is called in Salesforce: `Phone`, or `{Contact: MailingCity, Lead: City}`.
    mutating func fieldNames(_ node: Node, _ kind: ObjectKind) -> Configuration.FieldNames? {
        guard node.mapping != nil else {
            return self.text(node, "salesforce").map { Configuration.FieldNames($0) }
        }
        let objects = kind.salesforce.map(\.object)
        guard let members = self.members(of: node, known: objects, what: "`salesforce`") else {
            return nil
        }
        var names: [String: String] = [:]
        for (object, field) in members { names[object] = self.text(field, object) }
        guard let first = objects.compactMap({ names[$0] }).first else {
            self.fail(node, "`salesforce` names no field.", "Write one, or `Object: Field`.")
            return nil
        }
        return Configuration.FieldNames(first, byObject: names)
    }
}
