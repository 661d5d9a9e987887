import MockHubSpot
import MockSalesforce
import SyncCore

/// What people do in either CRM with deals.
struct DealHand {
    private let pair: SimulatedPair

    init(_ pair: SimulatedPair) { self.pair = pair }

    func make(_ side: Side, _ number: Int) throws {
        // A name is given once.
        let name = "Deal \(side == .hubspot ? "h" : "s")\(number)"
        let stage = SimulatedField.stage.value(0, on: side)
        _ = try self.pair.world.with { state, now in
            let now = state.time(side, at: now)
            switch side {
            case .hubspot:
                let fields = [
                    ("dealname", name), ("pipeline", "default"), ("dealstage", stage),
                    ("closedate", "1798761600000"),
                ]
                return try state.hubspot.create(object: "deals", fields: fields, at: now)
            case .salesforce:
                let fields: [MockSalesforceRecord.Field] = [
                    .init("Name", .text(name)), .init("StageName", .text(stage)),
                    .init("CloseDate", .text("2027-01-01")),
                ]
                return try state.salesforce.create(object: "Opportunity", fields: fields, at: now)
            }
        }
    }

    func all(_ side: Side) -> [String] {
        self.pair.world.with { state, _ in
            side == .hubspot
                ? state.hubspot.ids(of: "deals")
                : state.salesforce.export(object: "Opportunity").map(\.id)
        }
    }

    /// One of the newest: most of what is said is said of a few.
    func newest(_ side: Side, _ which: Int) -> String? {
        let deals = self.all(side).suffix(Self.hotMax)
        return deals.isEmpty ? nil : deals[deals.startIndex + which % deals.count]
    }

    func edit(_ side: Side, _ which: Int, _ text: String) throws {
        guard let deal = self.newest(side, which) else { return }
        try self.edit(side, deal: deal, text)
    }

    /// `text`: nobody wrote it before.
    func edit(_ side: Side, deal: String, _ text: String) throws {
        let text = (side == .hubspot ? "h." : "s.") + text
        try self.pair.world.with { state, now in
            let now = state.time(side, at: now)
            switch side {
            case .hubspot:
                let fields = [("description", text)]
                try state.hubspot.edit(deal, object: "deals", fields: fields, at: now)
            case .salesforce:
                try state.salesforce.edit(
                    deal,
                    fields: [.init("Description", .text(text))],
                    at: now
                )
            }
        }
    }

    private static let hotMax = 4
}
