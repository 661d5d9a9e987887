import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import Testing

/// Tickets and Cases: rows V11 and S03.
struct TicketTests {
    private static func rehearsal() async throws -> Rehearsal {
        let stage = try await Rehearsal(mapping: Rehearsal.tickets())
        _ = try await stage.runner.sync()
        stage.wait()
        return stage
    }

    @Test func `V11: a case becomes a ticket in its stage, and edits go both ways`() async throws {
        let stage = try await Self.rehearsal()
        let made = try stage.salesforceCreates(
            "Case",
            ["Subject": "It leaks", "Status": "Working", "Priority": "High"]
        )
        stage.wait()
        _ = try await stage.runner.sync()
        let ticket = try #require(stage.hubspotRecords("tickets").first)
        #expect(ticket["subject"] == "It leaks")
        #expect(ticket["hs_pipeline_stage"] == "2")
        #expect(ticket["hs_ticket_priority"] == "HIGH")
        #expect(ticket["sf_case_key"] == made)
        stage.wait()
        try stage.hubspotEdits(ticket.id, of: "tickets", ["hs_pipeline_stage": "4"])
        try stage.salesforceEdits(made, ["Description": "In the cellar"])
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.salesforce(made, "Status") == "Closed")
        #expect(stage.hubspot(ticket.id, "content", of: "tickets") == "In the cellar")
        #expect(try await stage.findings().isEmpty)
    }

    @Test func `S03: a ticket becomes a case, and tickets of one subject are as many cases`()
        async throws
    {
        let stage = try await Self.rehearsal()
        for _ in 0..<3 {
            try stage.hubspotCreates(
                "tickets",
                ["subject": "Login", "hs_pipeline": "0", "hs_pipeline_stage": "1"]
            )
        }
        stage.wait()
        _ = try await stage.runner.sync()
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.records("Case").count == 3)
        #expect(stage.records("Case").allSatisfy { $0["Status"].text == "New" })
        #expect(stage.hubspotRecords("tickets").count == 3)
        #expect(try await stage.findings().isEmpty)
    }

    @Test func `a backfill makes what one side has, once`() async throws {
        let stage = try await Self.rehearsal()
        for number in 0..<20 {
            try stage.salesforceCreates("Case", ["Subject": "Case \(number % 4)", "Status": "New"])
        }
        stage.wait()
        for _ in 0..<2 {
            _ = try await stage.runner.backfillAndPush("tickets")
            stage.wait()
        }
        #expect(stage.hubspotRecords("tickets").count == 20)
        #expect(stage.records("Case").count == 20)
    }

    @Test func `X05 a case that is deleted takes its ticket along where the mapping says so`()
        async throws
    {
        for action in [DeletePolicy.Action.delete, .ignore] {
            var mapping = Rehearsal.tickets()
            mapping.deletes = DeletePolicy(fromHubSpot: .report, fromSalesforce: action)
            let stage = try await Rehearsal(mapping: mapping)
            _ = try await stage.runner.sync()
            stage.wait()
            let cases = try (0..<2).map { number in
                try stage.salesforceCreates(
                    "Case",
                    ["Subject": "It leaks \(number)", "Status": "New"]
                )
            }
            for _ in 0..<2 { try await stage.plays() }
            #expect(stage.hubspotRecords("tickets").count == 2)
            try stage.world.with { state, now in try state.salesforce.delete(cases[0], at: now) }
            for _ in 0..<2 { try await stage.plays() }
            let left = stage.hubspotRecords("tickets").map { $0["sf_case_key"] }
            #expect(left.contains(cases[1]))
            #expect(left.count == (action == .delete ? 1 : 2))
            #expect(stage.records("Case").map(\.id) == [cases[1]])
            #expect(try await stage.findings().isEmpty)
        }
    }
}
