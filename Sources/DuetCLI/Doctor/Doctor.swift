package import CRMInterface
import SyncCore

/// Compares what a configuration needs with what its credentials may do.
package struct Doctor: Sendable {
    let configuration: Configuration
    let salesforceNeeds: SalesforceNeeds

    package init(_ configuration: Configuration) {
        self.configuration = configuration
        self.salesforceNeeds = SalesforceNeeds(configuration)
    }

    /// What HubSpot's token lacks.
    package func examine(hubspot rights: AccessRights) -> [Diagnosis] {
        guard let scopes = rights.scopes else { return [] }
        return HubSpotScopes.needed(by: self.configuration)
            .filter { !scopes.contains($0.scope) }.map { need in
                Diagnosis(
                    .hubspot,
                    .missingScope,
                    need.scope,
                    cause:
                        "HubSpot's token lacks the scope \(need.scope), which is needed for \(need.purpose).",
                    nextStep:
                        "Add it in HubSpot: Development, your app or Service Key, Scopes; where the app signs in by "
                        + "OAuth, agree to it anew."
                )
            }
    }
}
