import HTTPTransport
import MockHubSpot
import Testing
import WireJSON

/// Who shares the credit for a deal.
struct DealSplitTests {
    private var portal = Portal()
    private let base = "/crm/v3/objects/deals/splits/batch"

    private var owners: [String] { self.portal.mock.settings.owners.map { String($0.id) } }

    private mutating func split(
        _ deal: String,
        _ shares: [(String, String)],
        _ path: String? = nil
    ) -> (status: Int, json: JSON?) {
        let parts = shares.map { #"{"ownerId":\#($0.0),"percentage":\#($0.1)}"# }
        let body = #"{"inputs":[{"id":\#(deal),"splits":[\#(parts.joined(separator: ","))]}]}"#
        return self.portal.send(.post, path ?? self.base + "/upsert", body)
    }

    private mutating func shares(_ deal: String) -> [String] {
        let body = #"{"inputs":[{"id":"\#(deal)"}]}"#
        let reply = self.portal.send(.post, "/deal-splits/2026-03/batch/read", body).json
        return reply?["results"]?[0]?["splits"]?.elements.compactMap {
            $0["properties"]?["hs_deal_split_percentage"]?.string
        } ?? []
    }

    @Test mutating func `an upsert replaces a deal's shares`() {
        let deal = self.portal.make(
            "deals",
            #""dealname":"Big","dealstage":"closedwon","hubspot_owner_id":"\#(owners[0])""#
        )
        #expect(self.shares(deal).isEmpty)
        let first = self.split(deal, [(owners[0], "0.6"), (owners[1], "0.4")])
        #expect(first.status == 200)
        #expect(first.json?["status"]?.string == "COMPLETE")
        #expect(first.json?["results"]?[0]?["id"]?.string == deal)
        let share = first.json?["results"]?[0]?["splits"]?[1]
        #expect(share?["properties"]?["hubspot_owner_id"]?.string == self.owners[1])
        #expect(share?["archived"]?.boolean == false)
        #expect(self.shares(deal) == ["0.6", "0.4"])
        let path = "/crm/objects/v3/deals/splits/batch/upsert"
        #expect(self.split(deal, [(owners[0], "1.0")], path).status == 200)
        #expect(self.shares(deal) == ["1.0"])
        // The shares are records, as connectors read them.
        let records = self.portal.send(.get, "/crm/v3/objects/deal_split?associations=deals").json
        #expect(records?["results"]?.count == 1)
        let tied = records?["results"]?[0]?["associations"]?["deals"]?["results"]?[0]
        #expect(tied?["id"]?.string == deal)
        #expect(self.portal.send(.get, "/properties/v2/deal_split/properties").status == 200)
    }

    @Test mutating func `shares that do not add up are refused`() {
        let deal = self.portal.make(
            "deals",
            #""dealname":"Big","dealstage":"closedwon","hubspot_owner_id":"\#(owners[0])""#
        )
        for bad in [
            [], [(self.owners[0], "0.6"), (self.owners[1], "0.5")], [(self.owners[1], "1.0")],
            [(self.owners[0], "0.5"), (self.owners[0], "0.5")], [("7", "1.0")],
            [(self.owners[0], "1.5"), (self.owners[1], "-0.5")],
            [(self.owners[0], "0.5000000001"), (self.owners[1], "0.4999999999")],
        ] {
            #expect(self.split(deal, bad).status == 400, "\(bad)")
        }
        #expect(self.split("7", [(owners[0], "1.0")]).status == 400)
        let missing = self.portal.send(.post, self.base + "/read", #"{"inputs":[{"id":"7"}]}"#)
        #expect(missing.status == 207)
        #expect(missing.json?["errors"]?[0]?["context"]?["ids"]?[0]?.string == "7")
        #expect(self.portal.send(.get, self.base + "/read").status == 405)
        #expect(self.shares(deal).isEmpty)
        self.portal.mock.settings.dealSplits.percentageMin = 0.2
        #expect(self.split(deal, [(owners[0], "0.9"), (owners[1], "0.1")]).status == 400)
    }
}
