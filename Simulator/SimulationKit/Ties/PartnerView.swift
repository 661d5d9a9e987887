import MockHubSpot
import MockSalesforce
import SyncCore

/// Whom a record is with at the end of a run, as its own CRM shows it.
struct PartnerView: Sendable, Hashable {
    var side: Side
    var object: String
    var record: String
    /// Several only in HubSpot.
    var contacts: [String]

    /// All of a kind, in both CRMs.
    static func all(of object: SimulatedObject, in state: MockWorld.State) -> [Self] {
        guard let partner = object.partner else { return [] }
        let mine = state.hubspot.ids(of: object.name).map { id in
            Self(
                side: .hubspot,
                object: object.name,
                record: id,
                contacts: state.hubspot.ties(
                    of: id,
                    in: object.name,
                    to: "contacts",
                    as: partner.label
                )
            )
        }
        let theirs = state.salesforce.export(object: object.salesforce).filter(object.has).map {
            Self(
                side: .salesforce,
                object: object.name,
                record: $0.id,
                contacts: [$0[partner.field].text].compactMap(\.self)
            )
        }
        return mine + theirs
    }
}
