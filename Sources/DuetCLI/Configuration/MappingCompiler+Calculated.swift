import CRMInterface
import SyncCore

/// Fields whose values Salesforce works out.
extension MappingCompiler {
    /// Row M08: nothing that HubSpot has is ever written to a formula, a roll-up summary or a counted number, so
    /// that a rule by which HubSpot may win promises what cannot be.
    mutating func checkCalculated(
        _ field: Configuration.Field,
        _ found: [ObjectDescription.Field?]
    ) {
        switch field.rule {
        case .twoWay, .preferHubSpot, .alwaysHubSpot: break
        case .preferSalesforce, .alwaysSalesforce, .fillEmpty, .dontSync: return
        }
        guard let target = found.lazy.compactMap(\.self).first(where: { $0.isCalculated == true })
        else { return }
        self.fail(
            field.place,
            "Salesforce works out `\(target.name)` by itself, so that `rule: \(field.rule.rawValue)` can write "
                + "nothing to it.",
            "Write `rule: alwaysSalesforce`: HubSpot then has what Salesforce works out."
        )
    }
}
