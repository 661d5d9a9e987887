import CRMInterface
package import HubSpotConnector
package import SalesforceConnector
import SyncCore

/// Asks both CRMs for everything that the doctor looks at; nothing is written.
package struct Examination: Sendable {
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

    /// `now`: wall milliseconds.
    package func run(now: Int64) async -> [Check] {
        let doctor = Doctor(self.configuration)
        let hubspot = await self.lookAtHubSpot()
        let salesforce = await self.lookAtSalesforce(doctor.salesforceFields)
        return doctor.checks(hubspot: hubspot, now: now)
            + doctor.checks(salesforce: salesforce, now: now)
    }

    /// What the scopes do not let it see is not asked for: that they are missing is said already.
    private func lookAtHubSpot() async -> AccountLook {
        var look = AccountLook()
        do {
            look.rights = try await self.hubspot.rights()
            let missing = HubSpotScopes.missing(in: look.rights, self.configuration)
            let custom = try await self.customTypes(missing)
            for mapping in self.configuration.mappings {
                let isOpen = missing.isDisjoint(with: HubSpotScopes.reading(mapping))
                let object = mapping.kind.isCustom ? custom[mapping.name] : mapping.hubspot
                guard isOpen, let object else { continue }
                do {
                    let described = try await self.hubspot.describe([object]).first
                    look.objects[mapping.name] = described
                    guard described?.field(NativeIntegration.stamp) != nil else { continue }
                    look.nativeSyncs[mapping.name] =
                        try await self.hubspot.latest(NativeIntegration.stamp, of: object) ?? 0
                } catch  where error.code == .forbidden {
                    look.refused[mapping.name] = error
                }
            }
        } catch {
            look.refusal = error
        }
        return look
    }

    /// The numbers of HubSpot's own objects by mapping, as far as it shows them.
    private func customTypes(_ missing: Set<String>) async throws(SyncError) -> [String: String] {
        guard !CustomObjectNames.wanted(by: self.configuration).isEmpty,
            !missing.contains("crm.schemas.custom.read")
        else { return [:] }
        return CustomObjectNames.types(
            in: self.configuration,
            try await self.hubspot.customObjects()
        )
    }

    private func lookAtSalesforce(_ fields: [String: Set<String>]) async -> AccountLook {
        var look = AccountLook()
        do {
            look.rights = try await self.salesforce.rights(on: fields)
        } catch {
            look.refusal = error
        }
        return look
    }
}
