/// The paths of HubSpot's API: one dated version, with a fallback for each family.
///
/// Sources as comments of this module name them: `docs/x` is developers.hubspot.com/docs/x,
/// `changelog/x` is developers.hubspot.com/changelog/x, `OpenAPI: x` is `PublicApiSpecs/x` of
/// github.com/HubSpot/HubSpot-public-api-spec-collection, `recorded: x` a reply of HubSpot in
/// github.com/amp-labs/connectors, providers/hubspot/test/x. Paths:
/// docs/api-reference/latest/overview.
package struct HubSpotPaths: Sendable, Hashable {
    package var version: HubSpotVersion

    package init(version: HubSpotVersion) {
        self.version = version
    }

    /// `/crm/objects/2026-09/contacts` or `/crm/v3/objects/contacts`, with a suffix.
    package func objects(_ object: String, _ suffix: String = "") -> String {
        switch self.version {
        case .v3: "/crm/v3/objects/\(object)\(suffix)"
        case .september2026, .march2026:
            "/crm/objects/\(self.version.rawValue)/\(object)\(suffix)"
        }
    }

    package func properties(_ object: String) -> String {
        switch self.version {
        case .v3: "/crm/v3/properties/\(object)"
        case .september2026, .march2026: "/crm/properties/\(self.version.rawValue)/\(object)"
        }
    }

    package var accountDetails: String {
        switch self.version {
        case .v3: "/account-info/v3/details"
        case .september2026, .march2026: "/account-info/\(self.version.rawValue)/details"
        }
    }

    /// Custom object types (OpenAPI: CRM/Schemas/Rollouts/145900).
    package var schemas: String { "/crm-object-schemas/\(self.version.name)/schemas" }
    package var dailyUsage: String {
        "/account-info/\(self.version.name)/api-usage/daily/private-apps"
    }
    /// OpenAPI: CRM/Crm Owners/Rollouts/146888, Pipelines/145896, Lists/144891, Imports/144903,
    /// Exports/95922.
    package var owners: String { self.crm("owners") }
    package var pipelines: String { self.crm("pipelines") }
    package var lists: String { self.crm("lists") }

    package var imports: String { self.crm("imports") }
    package var exports: String { self.crm("exports") }
    package func associations(_ from: String, _ to: String) -> String {
        self.crm("associations", legacy: "v4") + "/\(from)/\(to)"
    }

    /// A family of the CRM whose older paths say `v3`, or `v4` for associations (OpenAPI:
    /// CRM/Associations/Rollouts/130902).
    private func crm(_ family: String, legacy: String = "v3") -> String {
        switch self.version {
        case .v3: "/crm/\(legacy)/\(family)"
        case .september2026, .march2026: "/crm/\(family)/\(self.version.name)"
        }
    }

    /// OpenAPI: Auth/Oauth/Rollouts/279897; docs/api-reference/auth-oauth-v3/guide.
    package var token: String {
        switch self.version {
        case .v3: "/oauth/v3/token"
        case .september2026, .march2026: "/oauth/\(self.version.rawValue)/token"
        }
    }
}
