import SyncCore
import Yams

extension ConfigurationReader {
    /// Where a mapping's records tell how they stand.
    ///
    /// ```yaml
    /// status:
    ///   hubspot: {field: duet_sync_status, page: duet_salesforce_record}
    ///   salesforce: {field: Duet_Sync_Status__c, page: Duet_HubSpot_Record__c}
    /// ```
    mutating func status(_ node: Node?) -> Configuration.Status? {
        guard let node,
            let sides = self.members(
                of: node,
                known: Side.allCases.map(\.rawValue),
                what: "`status`"
            )
        else { return nil }
        var fields = StatusFields()
        for side in Side.allCases {
            guard let item = sides[side.rawValue],
                let members = self.members(
                    of: item,
                    known: ["field", "page"],
                    what: "`status: \(side.rawValue)`"
                )
            else { continue }
            let names = StatusFields.Names(
                status: members["field"].flatMap { self.text($0, "field") },
                page: members["page"].flatMap { self.text($0, "page") }
            )
            switch side {
            case .hubspot: fields.hubspot = names
            case .salesforce: fields.salesforce = names
            }
        }
        guard !fields.hubspot.isEmpty || !fields.salesforce.isEmpty else {
            self.fail(
                node,
                "`status` names no field.",
                "Write `status: {hubspot: {field: duet_sync_status}}`, or leave it out."
            )
            return nil
        }
        return Configuration.Status(fields: fields, place: Self.place(of: node))
    }
}
