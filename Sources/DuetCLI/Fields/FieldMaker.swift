package import CRMInterface
package import HubSpotConnector
package import SalesforceConnector
package import SyncCore

/// Looks for fields that a configuration names and an account lacks, and makes those that people asked for.
package struct FieldMaker: Sendable {
    private let configuration: Configuration
    private let hubspot: HubSpotConnection
    private let salesforce: SalesforceConnection

    package init(
        _ configuration: Configuration,
        hubspot: HubSpotConnection,
        salesforce: SalesforceConnection
    ) {
        self.configuration = configuration
        self.hubspot = hubspot
        self.salesforce = salesforce
    }

    /// What `duet doctor` looks at in the same accounts.
    package func examination() -> Examination {
        Examination(self.configuration, hubspot: self.hubspot, salesforce: self.salesforce)
    }

    /// Asks both accounts; nothing is written.
    package func survey() async throws(SyncError) -> FieldSurvey {
        var portal: [String: ObjectDescription] = [:]
        let wanted = CustomObjectNames.wanted(by: self.configuration)
        let custom =
            wanted.isEmpty
            ? [:]
            : CustomObjectNames.types(
                in: self.configuration,
                try await self.hubspot.customObjects()
            )
        for mapping in self.configuration.mappings {
            guard let object = mapping.kind.isCustom ? custom[mapping.name] : mapping.hubspot
            else { continue }
            portal[mapping.name] = try await self.hubspot.describe([object]).first
        }
        let needs = Doctor(self.configuration)
        let names = needs.salesforceFields.keys.sorted()
        let org = try await self.salesforce.describe(names)
        let rights = try await self.salesforce.rights(on: needs.salesforceFields)
        return FieldSurvey(
            self.configuration,
            portal: portal,
            org: Dictionary(org.map { ($0.object, $0) }) { first, _ in first },
            rights: rights
        )
    }

    /// Makes the fields.
    ///
    /// - Returns: why one was not made, by object and name.
    package func make(_ fields: [NewField]) async -> [String: SyncError] {
        let own = fields.filter { $0.side == .hubspot }
        var refused: [String: SyncError] = [:]
        var objects: [String] = []
        for field in own where !objects.contains(field.object) { objects.append(field.object) }
        for object in objects {
            let part = own.filter { $0.object == object }
            for (name, error) in await self.hubspot.make(part, of: object) {
                refused["\(object).\(name)"] = error
            }
        }
        // Tasks and events share theirs: the second is there with the first.
        var seen: Set<String> = []
        let theirs = fields.filter { field in
            let isActivity = field.object == "Task" || field.object == "Event"
            return field.side == .salesforce
                && (!isActivity || seen.insert(field.name).inserted)
        }
        refused.merge(await self.salesforce.make(theirs)) { first, _ in first }
        return refused
    }
}
