import CRMInterface
package import HubSpotConnector
package import SalesforceConnector
package import SyncCore

/// Asks both CRMs for everything that the doctor looks at; nothing is written.
package struct Examination: Sendable {
    private let configuration: Configuration
    private let hubspot: HubSpotConnection?
    private let salesforce: SalesforceConnection?

    /// What is not connected is not looked at.
    package init(
        _ configuration: Configuration,
        hubspot: HubSpotConnection?,
        salesforce: SalesforceConnection?
    ) {
        self.configuration = configuration
        self.hubspot = hubspot
        self.salesforce = salesforce
    }

    /// `now`: wall milliseconds.
    package func run(now: Int64) async -> [Check] {
        let doctor = Doctor(self.configuration)
        var checks: [Check] = []
        if let hubspot = self.hubspot {
            checks += doctor.checks(hubspot: await self.look(at: hubspot), now: now)
        }
        if let salesforce = self.salesforce {
            let look = await Self.look(at: salesforce, doctor.salesforceFields)
            checks += doctor.checks(salesforce: look, now: now)
        }
        return checks
    }

    /// The rights that Salesforce's integration user needs; `nil` where Salesforce is not connected.
    package func permissionSet() async throws(SyncError) -> PermissionSet? {
        guard let salesforce = self.salesforce else { return nil }
        let doctor = Doctor(self.configuration)
        let rights = try await salesforce.rights(on: doctor.salesforceFields)
        return PermissionSet(doctor.salesforceNeeds, rights)
    }

    /// What the scopes do not let it see is not asked for: that they are missing is said already.
    private func look(at hubspot: HubSpotConnection) async -> AccountLook {
        var look = AccountLook()
        do {
            look.rights = try await hubspot.rights()
            let missing = HubSpotScopes.missing(in: look.rights, self.configuration)
            let custom = try await self.customTypes(missing, hubspot)
            for mapping in self.configuration.mappings {
                let isOpen = missing.isDisjoint(with: HubSpotScopes.reading(mapping))
                let object = mapping.kind.isCustom ? custom[mapping.name] : mapping.hubspot
                guard isOpen, let object else { continue }
                do {
                    let described = try await hubspot.describe([object]).first
                    look.objects[mapping.name] = described
                    guard described?.field(NativeIntegration.stamp) != nil else { continue }
                    look.nativeSyncs[mapping.name] =
                        try await hubspot.latest(NativeIntegration.stamp, of: object) ?? 0
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
    private func customTypes(
        _ missing: Set<String>,
        _ hubspot: HubSpotConnection
    ) async throws(SyncError) -> [String: String] {
        guard !CustomObjectNames.wanted(by: self.configuration).isEmpty,
            !missing.contains("crm.schemas.custom.read")
        else { return [:] }
        return CustomObjectNames.types(
            in: self.configuration,
            try await hubspot.customObjects()
        )
    }

    private static func look(
        at salesforce: SalesforceConnection,
        _ fields: [String: Set<String>]
    ) async -> AccountLook {
        var look = AccountLook()
        do {
            look.rights = try await salesforce.rights(on: fields)
        } catch {
            look.refusal = error
        }
        return look
    }
}
