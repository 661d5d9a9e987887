import DuetCLI
import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import Testing

/// What a plan shows is what an apply writes, and nothing else.
@Suite struct PlanTests {
    /// People on both sides with other titles, and on one side alone.
    private static func fill(_ rehearsal: Rehearsal, _ count: Int) throws {
        try rehearsal.world.with { state, now in
            let past = now - 86_400_000
            for number in 0..<count {
                if number % 3 != 1 {
                    try state.hubspot.seed(
                        fields: [
                            ("email", "p\(number)@example.com"), ("lastname", "N\(number)"),
                            ("jobtitle", number % 2 == 0 ? "Director" : ""),
                        ],
                        at: past
                    )
                }
                guard number % 3 != 2 else { continue }
                try state.salesforce.seed(
                    object: "Contact",
                    fields: [
                        .init("Email", .text("p\(number)@example.com")),
                        .init("LastName", .text("N\(number)")),
                        .init("Phone", .text("+1 555 \(number)")),
                    ],
                    at: past
                )
            }
        }
        rehearsal.wait()
    }

    @Test(arguments: [300, 7_500])
    func `the calls that a plan forecasts are within 5 % of those that its writing makes`(
        count: Int
    ) async throws {
        let rehearsal = try await Rehearsal()
        try Self.fill(rehearsal, count)
        let plan = try await rehearsal.plan(backfill: "contacts")
        // Another process applies it, and knows what the preview called.
        try await rehearsal.restart()
        let before = try await rehearsal.ledger()
        let (permit, _) = try await rehearsal.apply(plan, backfill: "contacts")
        let after = try await rehearsal.ledger()
        #expect(permit.given == plan.writes.count && permit.refused == 0)
        for side in Side.allCases {
            let used = Double((after[side] ?? 0) - (before[side] ?? 0))
            let forecast = Double(plan.summary.price[side] ?? 0)
            // Of few calls one is more than 5 %.
            #expect(abs(forecast - used) <= max(1, used * 0.05), "\(side): \(forecast), \(used)")
        }
    }

    @Test func `a plan is written as it was shown, and a second time there is nothing left`()
        async throws
    {
        let rehearsal = try await Rehearsal()
        try Self.fill(rehearsal, 90)
        let plan = try await rehearsal.plan(backfill: "contacts")
        #expect(rehearsal.contacts.count == 60 && rehearsal.records("Contact").count == 60)
        let (permit, summary) = try await rehearsal.apply(plan, backfill: "contacts")
        #expect(permit.given == plan.writes.count && permit.refused == 0)
        #expect([summary.createdInHubSpot, summary.createdInSalesforce] == [30, 30])
        #expect([rehearsal.contacts.count, rehearsal.records("Contact").count] == [90, 90])
        let again = try await rehearsal.apply(plan, backfill: "contacts")
        #expect(again.permit.given == 0)
    }

    @Test func `a record that was edited since the plan is left alone, and the others are written`()
        async throws
    {
        let rehearsal = try await Rehearsal()
        try Self.fill(rehearsal, 30)
        let plan = try await rehearsal.plan(backfill: "contacts")
        let edited = try #require(
            plan.entries.first { $0.kind == .create && $0.target == .salesforce }
        )
        try rehearsal.hubspotEdits(edited.sourceID, ["lastname": "Moved on"])
        rehearsal.wait()
        let (permit, summary) = try await rehearsal.apply(plan, backfill: "contacts")
        #expect(permit.given == plan.writes.count - 1)
        #expect(permit.refused == 1)
        #expect(summary.createdInSalesforce == 9)
        // It is still due, as it is now.
        _ = try await rehearsal.plan()
        let left = try await rehearsal.plan()
        #expect(left.entries.contains { $0.sourceID == edited.sourceID })
    }

    @Test func `who refers to what is only planned is written with it, once its parent is there`()
        async throws
    {
        let stage = try await Rehearsal.everything()
        let account = try stage.salesforceCreates("Account", ["Name": "Acme"])
        try stage.salesforceCreates(
            "Contact",
            ["LastName": "Roe", "Email": "roe@acme.test", "AccountId": account]
        )
        stage.wait()
        let plan = try await stage.plan()
        #expect(plan.entries.count == 2)
        let (permit, summary) = try await stage.apply(plan)
        #expect(permit.given == 2 && permit.refused == 0)
        #expect(summary.createdInHubSpot == 2)
        let contact = try #require(stage.contacts.first)
        #expect(stage.company(of: contact.id) != nil)
    }

    @Test func `so many at first, and the rest when it is asked for`() async throws {
        let rehearsal = try await Rehearsal()
        try Self.fill(rehearsal, 60)
        let plan = try await rehearsal.plan(backfill: "contacts")
        let first = try await rehearsal.apply(plan, backfill: "contacts", part: .first(7))
        #expect(first.permit.given == 7)
        #expect(first.permit.refused == 0)
        // They are those that stand first, whichever side is quicker.
        let shown = Set(first.permit.shown.map(\.id))
        #expect(shown == Set(plan.entries.prefix(7).map { $0.targetID ?? $0.sourceID }))
        let some = try await rehearsal.apply(plan, backfill: "contacts", part: .spread(5))
        #expect(some.permit.given == 5)
        let rest = try await rehearsal.apply(plan, backfill: "contacts")
        #expect(rest.permit.given == plan.writes.count - 12)
        #expect(rehearsal.contacts.count == 60 && rehearsal.records("Contact").count == 60)
    }
}
