import SyncCore

/// The sync rules once more, written down from the vendor's and our own rules and not from the engine.
///
/// Rows are HubSpot's state, columns Salesforce's, both in the order blank, value, edited, cleared.
/// `H` HubSpot gets what Salesforce has, `S` the reverse, `-` nothing, `=` both keep their own and a
/// person is told, `N` the newer edit goes over, `h` and `s` the same but a tie keeps HubSpot's or
/// Salesforce's value.
enum ReferenceGrid {
    static func cell(_ rule: SyncRule, hubspot: Int, salesforce: Int) -> Character {
        switch rule {
        case .preferSalesforce: Self.at(Self.preferSalesforce, hubspot, salesforce)
        case .alwaysSalesforce: Self.at(Self.alwaysSalesforce, hubspot, salesforce)
        case .twoWay: Self.at(Self.twoWay, hubspot, salesforce)
        case .dontSync: "-"
        case .preferHubSpot: Self.swapped(Self.at(Self.preferSalesforce, salesforce, hubspot))
        case .alwaysHubSpot: Self.swapped(Self.at(Self.alwaysSalesforce, salesforce, hubspot))
        case .fillEmpty: Self.at(Self.fillEmpty, hubspot, salesforce)
        }
    }

    /// The first time that two records meet: which way a value goes.
    static func firstMatch(
        _ rule: SyncRule,
        hubspotIsBlank: Bool,
        salesforceIsBlank: Bool
    ) -> Character {
        let place = hubspotIsBlank ? 0 : salesforceIsBlank ? 1 : 2
        let row =
            switch rule {
            case .preferSalesforce: "HSH"
            case .alwaysSalesforce: "H-H"
            case .twoWay: "HS="
            case .dontSync: "---"
            case .preferHubSpot: "HSS"
            case .alwaysHubSpot: "-SS"
            case .fillEmpty: "HS="
            }
        return Array(row)[place]
    }

    private static let preferSalesforce = ["-HH-", "SHHH", "SHHh", "-HH-"]
    private static let alwaysSalesforce = ["-HH-", "-HHH", "-HHH", "-HH-"]
    private static let twoWay = ["-HH-", "S=HH", "SSNN", "-SN-"]
    private static let fillEmpty = ["-HH-", "S==S", "S==S", "-HH-"]

    private static func at(_ rows: [String], _ row: Int, _ column: Int) -> Character {
        Array(rows[row])[column]
    }

    private static func swapped(_ cell: Character) -> Character {
        switch cell {
        case "H": "S"
        case "S": "H"
        case "h": "s"
        default: cell
        }
    }
}
