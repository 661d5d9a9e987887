import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// Whose activities are, and what their deletes do: rows V07, V09 and X07.
struct ActivityPolicyTests {
    private static let file = [
        Rehearsal.owners, Rehearsal.tasks, Rehearsal.otherActivities,
    ].joined(separator: "\n")

    private static func stage(_ mappings: String) async throws -> Rehearsal {
        var settings = RuntimeSettings()
        settings.sweeps = SweepSettings()
        let time = ManualTime()
        let compiled = try await Rehearsal.compiled(mappings)
        let stage = try await Rehearsal(
            world: MockWorld(
                hubspot: MockHubSpot(),
                salesforce: MockSalesforce(),
                time: time
            ),
            time: time,
            settings: settings,
            mapping: compiled[0],
            others: Array(compiled.dropFirst())
        )
        _ = try await stage.runner.sync()
        stage.wait()
        return stage
    }

    @Test func `V07: the owner of a task is the person with the same address, both ways`()
        async throws
    {
        let stage = try await Self.stage(
            Self.file.replacing(
                "- {hubspot: hs_task_subject,",
                with: "- {hubspot: hubspot_owner_id, salesforce: OwnerId}\n"
                    + "      - {hubspot: hs_task_subject,"
            )
        )
        let task = try stage.hubspotCreates(
            "tasks",
            [
                "hs_task_subject": "Write", "hs_task_status": "NOT_STARTED",
                "hs_timestamp": "1793491200000", "hubspot_owner_id": "72",
            ]
        )
        let call = try stage.salesforceCreates(
            "Task",
            [
                "Subject": "Call", "Status": "Not Started", "Priority": "High",
                "OwnerId": Rehearsal.sam,
            ]
        )
        for _ in 0..<2 { try await stage.plays() }
        let made = try #require(stage.records("Task").first { $0["Subject"].text == "Write" })
        #expect(made["OwnerId"].text == Rehearsal.sam)
        let other = try #require(
            stage.hubspotRecords("tasks").first { $0["hs_task_subject"] == "Call" }
        )
        #expect(other["hubspot_owner_id"] == "72")
        try stage.hubspotEdits(task, of: "tasks", ["hubspot_owner_id": "71"])
        try stage.salesforceEdits(call, ["OwnerId": Rehearsal.ada])
        for _ in 0..<2 { try await stage.plays() }
        #expect(stage.salesforce(made.id, "OwnerId") == Rehearsal.ada)
        #expect(stage.hubspot(other.id, "hubspot_owner_id", of: "tasks") == "71")
        #expect(try await stage.findings().isEmpty)
    }

    @Test func `V09, X07: each kind of activity has its own policy, though they share Tasks`()
        async throws
    {
        // What becomes of deletes is said for tasks; those of calls are told.
        let stage = try await Self.stage(
            Self.file.replacing("hubspot: tasks", with: "hubspot: tasks\n    deletes: delete")
        )
        func task(_ subject: String, _ subtype: String) throws -> String {
            try stage.salesforceCreates(
                "Task",
                [
                    "Subject": subject, "Status": "Completed", "Priority": "Normal",
                    "TaskSubtype": subtype,
                ]
            )
        }
        let tasks = try (0..<3).map { try task("Task \($0)", "Task") }
        let call = try task("Call", "Call")
        for _ in 0..<3 { try await stage.plays() }
        let here = tasks.map { id in
            stage.hubspotRecords("tasks").first { $0["sf_task_key"] == id }?.id ?? ""
        }
        #expect(Set(here).count == 3)
        try stage.world.with { state, now in
            try state.salesforce.delete(tasks[0], at: now)
            try state.salesforce.delete(call, at: now)
            try state.hubspot.archive(here[1], object: "tasks", at: now)
        }
        for _ in 0..<2 { try await stage.plays() }
        stage.wait(seconds: 3_700)
        for _ in 0..<2 { try await stage.plays() }
        #expect(stage.hubspotRecords("tasks").map(\.id) == [here[2]])
        #expect(stage.records("Task").map(\.id) == [tasks[2]])
        #expect(stage.hubspotRecords("calls").count == 1)
        #expect(try await stage.findings().map(\.code) == [.counterpartDeleted])
        #expect(try await stage.findings().map(\.mapping) == ["calls"])
        #expect(try await stage.openEntries() == 0)
    }
}
