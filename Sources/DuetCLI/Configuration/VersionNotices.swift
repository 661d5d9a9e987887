import HubSpotConnector
import SalesforceConnector

/// What is said at the start about API versions whose end is announced.
package enum VersionNotices {
    /// HubSpot names a day for every version on its release: half a year before it is soon enough.
    private static let noticeTime: Int64 = 180 * 86_400_000

    /// One sentence a version, with the setting that names another; none where nothing is due.
    ///
    /// `now`: wall milliseconds.
    package static func texts(_ configuration: Configuration, now: Int64) -> [String] {
        var texts: [String] = []
        let hubspot = configuration.hubspot.apiVersion
        if hubspot.endsAt - now < Self.noticeTime {
            let next =
                hubspot == .pinned
                ? "update Duet" : "leave out \(HubSpotVersion.setting), or name a newer one"
            texts.append(
                "HubSpot supports version \(hubspot.name) of its API until \(hubspot.end) only. Before "
                    + "that, \(next)."
            )
        }
        let salesforce = configuration.salesforce.apiVersion
        if let end = salesforce.end {
            let setting = SalesforceVersion.setting
            texts.append(
                "Salesforce has announced the end of version \(salesforce.name) of its API for \(end). "
                    + "Leave out \(setting), or name a version up to \(SalesforceVersion.pinned.name)."
            )
        }
        return texts
    }
}
