import HTTPTransport
import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime

/// Two HubSpot portals on one Salesforce org, each with an engine, a store and a key field of its own.
final class TwoPortals {
    /// What becomes of Salesforce's people in HubSpot: the three answers of the vendor's own connection.
    enum Creating: String, CaseIterable {
        case all
        case contactsOnly
        case none
    }

    static let keys = ["HubSpot_Record_ID__c", "HubSpot_EU_ID__c"]

    let portals: [Rehearsal]

    init(_ creating: Creating, keys: [String] = TwoPortals.keys) async throws {
        let time = ManualTime()
        var settings = MockSalesforceSettings()
        for object in ["Contact", "Lead"] {
            settings.customFields.append(
                .init(
                    object: object,
                    name: "HubSpot_EU_ID__c",
                    label: "HubSpot EU ID",
                    length: 18,
                    isExternalID: true,
                    isUnique: true
                )
            )
        }
        let org = MockWorld(
            hubspot: MockHubSpot(),
            salesforce: MockSalesforce(settings: settings),
            time: time
        )
        var other = MockHubSpotSettings()
        other.portalID += 1
        let second = MockWorld(
            hubspot: MockHubSpot(settings: other),
            salesforce: MockSalesforce(),
            time: time
        )
        var portals: [Rehearsal] = []
        for (world, key) in zip([org, second], keys) {
            var mapping = Rehearsal.mapping()
            if creating == .contactsOnly { mapping.salesforce.removeAll { $0.name == "Lead" } }
            for place in mapping.salesforce.indices { mapping.salesforce[place].keyField = key }
            mapping.createsInHubSpot = creating != .none
            mapping.firstSync = .salesforce
            portals.append(try await Rehearsal(world: world, time: time, mapping: mapping))
        }
        self.portals = portals
        self.lead()
    }

    /// The second portal's engine sees the org of the first one.
    private func lead() {
        let org = self.portals[0].world
        self.portals[1].answers { request in
            guard request.url.hasPrefix(MockTransport.salesforceURL) else { return nil }
            var request = request
            request.headers.append(HTTPHeader("Host", "salesforce.mock"))
            return org.salesforce(request)
        }
    }

    func kill(_ portal: Int, after requests: Int, losesReply: Bool) {
        self.portals[portal].kill(after: requests, losesReply: losesReply)
        self.lead()
    }

    func revive(_ portal: Int) {
        self.portals[portal].revive()
        self.lead()
    }

    /// One pass of each, one after the other.
    func sync() async throws {
        for portal in self.portals { _ = try await portal.runner.sync() }
    }

    /// Everybody in a portal by e-mail address, each as often as there.
    func contacts(_ portal: Int) -> [String: [MockHubSpotRecord]] {
        Dictionary(grouping: self.portals[portal].contacts) { $0["email"] ?? "" }
    }

    /// Everybody in the org by e-mail address, contacts and leads.
    var people: [String: [MockSalesforceRecord]] {
        Dictionary(grouping: ["Contact", "Lead"].flatMap { self.portals[0].records($0) }) {
            $0["Email"].text ?? ""
        }
    }
}
