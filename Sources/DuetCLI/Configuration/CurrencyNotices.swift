package import CRMInterface
import SyncCore

/// What is said at the start about amounts whose currency stays behind.
package enum CurrencyNotices {
    /// One sentence for each mapping whose amounts go to an org with several currencies without saying which.
    ///
    /// In Salesforce every amount of a record is in the currency that its `CurrencyIsoCode` names, in HubSpot a deal's is in
    /// that of `deal_currency_code`; custom amounts there are in the portal's own.
    package static func texts(
        _ configuration: Configuration,
        salesforce: [ObjectDescription]
    ) -> [String] {
        configuration.mappings.filter { mapping in
            let names = mapping.fields.filter { $0.rule != .dontSync }
            let hasCurrencies = salesforce.contains { object in
                mapping.salesforce.contains(object.object) && object.field("CurrencyIsoCode") != nil
            }
            return hasCurrencies && names.contains { $0.hubspot == "amount" }
                && !names.contains { $0.salesforce.first == "CurrencyIsoCode" }
        }.map { mapping in
            "`amount` of \(mapping.name) goes over as a number, and this org has several currencies. Map "
                + "`deal_currency_code` with `CurrencyIsoCode` too."
        }
    }
}
