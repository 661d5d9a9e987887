import HTTPTransport
import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// A HubSpot segment says which records are synced.
struct SegmentTests {
    private struct Stage {
        var rehearsal: Rehearsal
        var list: String
    }

    private static func stage(city: String? = nil) async throws -> Stage {
        let time = ManualTime()
        let world = MockWorld(hubspot: MockHubSpot(), salesforce: MockSalesforce(), time: time)
        let list = try await Rehearsal.makesList(world, city: city)
        var settings = RuntimeSettings()
        settings.sweeps = SweepSettings()
        let rehearsal = try await Rehearsal(
            world: world,
            time: time,
            settings: settings,
            mapping: Rehearsal.segment(list)
        )
        return Stage(rehearsal: rehearsal, list: list)
    }

    /// Ann of Oslo is in the segment and in Salesforce.
    private static func stageWithAnn() async throws -> (Stage, ann: String) {
        let stage = try await Self.stage(city: "Oslo")
        try await Self.sync(stage)
        stage.rehearsal.wait()
        let ann = try stage.rehearsal.hubspotCreates([
            "email": "ann@x.test", "lastname": "Ann", "city": "Oslo",
        ])
        for _ in 0..<2 { try await Self.sync(stage) }
        return (stage, ann)
    }

    private static func sync(_ stage: Stage, after seconds: Int64 = 30) async throws {
        stage.rehearsal.wait(seconds: seconds)
        _ = try await stage.rehearsal.runner.sync()
    }

    private static func change(_ stage: Stage, _ verb: String, _ ids: [String]) async throws {
        let body = "[" + ids.map { "\"\($0)\"" }.joined(separator: ",") + "]"
        let path = "/crm/v3/lists/\(stage.list)/memberships/\(verb)"
        let reply = try await Rehearsal.asks(stage.rehearsal.world, .put, path, body)
        #expect(reply.status == 200)
    }

    /// The bills without the call that made the list.
    private static func billed(_ stage: Stage) -> [Side: Int] {
        stage.rehearsal.billed.merging([.hubspot: -1]) { $0 + $1 }
    }

    private func sweepCalls(_ stage: Stage) async throws -> Int {
        try await stage.rehearsal.store.calls(since: 0)
            .filter { $0.side == .hubspot && $0.purpose == "sweep" }.reduce(0) { $0 + $1.calls }
    }

    @Test func `I01, I05: an active segment follows the record, and the record goes with it`()
        async throws
    {
        let stage = try await Self.stage(city: "Oslo")
        let rehearsal = stage.rehearsal
        try await Self.sync(stage)
        rehearsal.wait()
        let ann = try rehearsal.hubspotCreates([
            "email": "ann@x.test", "lastname": "Ann", "city": "Oslo",
        ])
        try rehearsal.hubspotCreates(["email": "bo@x.test", "lastname": "Bo", "city": "Bern"])
        try await Self.sync(stage)
        #expect(rehearsal.records("Contact").map { $0["LastName"].text } == ["Ann"])
        let there = try #require(rehearsal.records("Contact").first?.id)
        // I08: with the change that takes her out nothing goes over any more.
        rehearsal.wait()
        try rehearsal.hubspotEdits(ann, ["city": "Rome", "jobtitle": "Boss"])
        try await Self.sync(stage)
        try rehearsal.salesforceEdits(there, ["Phone": "123"])
        try await Self.sync(stage)
        #expect(rehearsal.salesforce(there, "Title").isEmpty)
        #expect(rehearsal.hubspot(ann, "phone").isEmpty)
        #expect(try await rehearsal.store.outsideCount(mapping: "contacts") == 1)
        try rehearsal.hubspotEdits(ann, ["city": "Oslo"])
        for _ in 0..<2 { try await Self.sync(stage) }
        #expect(rehearsal.salesforce(there, "Title") == "Boss")
        #expect(rehearsal.hubspot(ann, "phone") == "123")
        #expect(try await rehearsal.findings().isEmpty)
        #expect(try await rehearsal.ledger() == Self.billed(stage))
        // A poll that shows what is known asks for nobody's segments.
        let billed = rehearsal.billed
        try await Self.sync(stage)
        #expect(rehearsal.billed[.hubspot] == billed[.hubspot].map { $0 + 1 })
    }

    @Test func `I03, I04: who joins a static segment is noticed in ten minutes, not who was in it`()
        async throws
    {
        let stage = try await Self.stage()
        let rehearsal = stage.rehearsal
        let people = try (0..<3).map {
            try rehearsal.hubspotCreates(["email": "p\($0)@x.test", "lastname": "P\($0)"])
        }
        try await Self.change(stage, "add", [people[0]])
        try await Self.sync(stage, after: 600)
        try await Self.sync(stage, after: 600)
        #expect(rehearsal.records("Contact").isEmpty)
        // Nothing of the record itself changes.
        try await Self.change(stage, "add", [people[1]])
        for _ in 0..<2 { try await Self.sync(stage, after: 600) }
        #expect(rehearsal.records("Contact").map { $0["LastName"].text } == ["P1"])
        // She leaves: the daily look tells, and nothing is written from then on.
        try await Self.change(stage, "remove", [people[1]])
        for _ in 0..<2 { try await Self.sync(stage, after: 86_400) }
        #expect(try await rehearsal.store.outsideCount(mapping: "contacts") == 1)
        try rehearsal.hubspotEdits(people[1], ["jobtitle": "Boss"])
        try await Self.sync(stage, after: 30)
        #expect(rehearsal.records("Contact").map { $0["Title"].text ?? "" } == [""])
        // She joins again, and what was edited meanwhile goes over.
        try await Self.change(stage, "add", [people[1]])
        for _ in 0..<3 { try await Self.sync(stage, after: 600) }
        #expect(rehearsal.records("Contact").map { $0["Title"].text } == ["Boss"])
        #expect(rehearsal.contacts.count == 3)
        #expect(try await rehearsal.findings().isEmpty)
        // One call each ten minutes.
        let before = try await self.sweepCalls(stage)
        for _ in 0..<3 { try await Self.sync(stage, after: 600) }
        #expect(try await self.sweepCalls(stage) <= before + 4)
    }

    @Test func `I06: what Salesforce makes is made in HubSpot, and rests until the segment has it`()
        async throws
    {
        let stage = try await Self.stage()
        let rehearsal = stage.rehearsal
        try await Self.sync(stage)
        rehearsal.wait()
        let there = try rehearsal.salesforceCreates(
            "Contact",
            ["LastName": "Cy", "Email": "cy@x.test"]
        )
        for _ in 0..<2 { try await Self.sync(stage) }
        let cy = try #require(rehearsal.contacts.first?.id)
        try rehearsal.salesforceEdits(there, ["Title": "Boss"])
        for _ in 0..<2 { try await Self.sync(stage) }
        #expect(rehearsal.hubspot(cy, "jobtitle").isEmpty)
        try await Self.change(stage, "add", [cy])
        for _ in 0..<3 { try await Self.sync(stage, after: 600) }
        #expect(rehearsal.hubspot(cy, "jobtitle") == "Boss")
        #expect(rehearsal.contacts.count == 1 && rehearsal.records("Contact").count == 1)
    }

    @Test func `I01: a segment that is gone stops the object, and means neither all nor nobody`()
        async throws
    {
        let stage = try await Self.stage(city: "Oslo")
        let rehearsal = stage.rehearsal
        try await Self.sync(stage)
        rehearsal.wait()
        let ann = try rehearsal.hubspotCreates([
            "email": "ann@x.test", "lastname": "Ann", "city": "Oslo",
        ])
        try await Self.sync(stage)
        let path = "/crm/v3/lists/\(stage.list)"
        try await Rehearsal.asks(rehearsal.world, .delete, path)
        try rehearsal.hubspotEdits(ann, ["jobtitle": "Boss"])
        try rehearsal.hubspotCreates(["email": "bo@x.test", "lastname": "Bo", "city": "Bern"])
        for _ in 0..<2 { try await Self.sync(stage, after: 90) }
        #expect(rehearsal.records("Contact").map { $0["Title"].text ?? "" } == [""])
        #expect(try await rehearsal.findings().map(\.code) == [.segmentGone])
        #expect(try await rehearsal.store.outsideCount(mapping: "contacts") == 0)
        #expect(try await rehearsal.openEntries() == 0)
        // Restored, it is found within a quarter of an hour.
        try await Rehearsal.asks(rehearsal.world, .put, path + "/restore")
        for _ in 0..<2 { try await Self.sync(stage, after: 1_000) }
        #expect(rehearsal.records("Contact").map { $0["Title"].text } == ["Boss"])
        #expect(try await rehearsal.findings().isEmpty)
        #expect(try await rehearsal.openEntries() == 0)
    }

    @Test func `P02: a backfill brings who is in the segment`() async throws {
        let stage = try await Self.stage(city: "Oslo")
        let rehearsal = stage.rehearsal
        for place in 0..<250 {
            try rehearsal.hubspotCreates([
                "email": "p\(place)@x.test", "lastname": "P\(place)",
                "city": place.isMultiple(of: 5) ? "Oslo" : "Bern",
            ])
        }
        rehearsal.wait()
        let summary = try await rehearsal.runner.backfillAndPush("contacts")
        #expect(summary.createdInSalesforce == 50 && summary.notIncluded == 200)
        // Three pages of records, each with one call for who is in the segment, and two looks at the list's existence
        // at most.
        let calls = try await rehearsal.store.calls(since: 0)
            .filter { $0.side == .hubspot && ["backfill", "schema"].contains($0.purpose) }
        #expect(calls.reduce(0) { $0 + $1.calls } <= 8)
        #expect(try await rehearsal.ledger() == Self.billed(stage))
    }

    @Test func `a backfill without its segment stops, and takes nobody for left out`() async throws
    {
        let stage = try await Self.stage(city: "Oslo")
        let rehearsal = stage.rehearsal
        try rehearsal.hubspotCreates(["email": "ann@x.test", "lastname": "Ann", "city": "Oslo"])
        try await Rehearsal.asks(rehearsal.world, .delete, "/crm/v3/lists/\(stage.list)")
        rehearsal.wait()
        await #expect {
            _ = try await rehearsal.runner.backfillAndPush("contacts")
        } throws: { error in
            (error as? SyncError)?.cause.contains("Customers") ?? false
        }
        #expect(try await rehearsal.findings().map(\.code) == [.segmentGone])
        try await Rehearsal.asks(rehearsal.world, .put, "/crm/v3/lists/\(stage.list)/restore")
        rehearsal.wait(seconds: 90)
        _ = try await rehearsal.runner.backfillAndPush("contacts")
        #expect(rehearsal.records("Contact").map { $0["LastName"].text } == ["Ann"])
        #expect(try await rehearsal.findings().isEmpty)
    }

    @Test func `what Salesforce edited while the segment was gone goes over when it is back`()
        async throws
    {
        let (stage, ann) = try await Self.stageWithAnn()
        let rehearsal = stage.rehearsal
        let there = try #require(rehearsal.records("Contact").first?.id)
        let path = "/crm/v3/lists/\(stage.list)"
        try await Rehearsal.asks(rehearsal.world, .delete, path)
        try rehearsal.salesforceEdits(there, ["Phone": "123"])
        try rehearsal.hubspotEdits(ann, ["jobtitle": "Boss"])
        for _ in 0..<3 { try await Self.sync(stage, after: 1_200) }
        // The issue stays for as long as it is gone.
        #expect(try await rehearsal.findings().map(\.code) == [.segmentGone])
        try await Rehearsal.asks(rehearsal.world, .put, path + "/restore")
        for _ in 0..<3 { try await Self.sync(stage, after: 1_200) }
        #expect(rehearsal.hubspot(ann, "phone") == "123")
        #expect(rehearsal.salesforce(there, "Title") == "Boss")
        #expect(try await rehearsal.findings().isEmpty)
        #expect(try await rehearsal.openEntries() == 0)
    }

    /// Found by the simulator (`segments` 4): the segment was not asked before Salesforce's edit went over.
    @Test func `I01, G11: who has left the segment gets no edit of Salesforce's any more`()
        async throws
    {
        let stage = try await Self.stage()
        let rehearsal = stage.rehearsal
        try await Self.sync(stage)
        rehearsal.wait()
        let ann = try rehearsal.hubspotCreates(["email": "ann@x.test", "lastname": "Ann"])
        try await Self.change(stage, "add", [ann])
        for _ in 0..<2 { try await Self.sync(stage) }
        let there = try #require(rehearsal.records("Contact").first?.id)
        try await Self.change(stage, "remove", [ann])
        try rehearsal.salesforceEdits(there, ["Phone": "123"])
        for _ in 0..<2 { try await Self.sync(stage) }
        #expect(rehearsal.hubspot(ann, "phone").isEmpty)
        #expect(try await rehearsal.store.outsideCount(mapping: "contacts") == 1)
        try await Self.change(stage, "add", [ann])
        for _ in 0..<3 { try await Self.sync(stage, after: 600) }
        #expect(rehearsal.hubspot(ann, "phone") == "123")
        #expect(try await rehearsal.openEntries() == 0)
    }

    /// Found by the simulator (`segments` 1).
    @Test func `I01: nothing that Salesforce makes is made in HubSpot while the segment is gone`()
        async throws
    {
        let stage = try await Self.stage()
        let rehearsal = stage.rehearsal
        try await Self.sync(stage)
        let path = "/crm/v3/lists/\(stage.list)"
        try await Rehearsal.asks(rehearsal.world, .delete, path)
        // Whoever looks for new members notices it.
        for _ in 0..<2 { try await Self.sync(stage, after: 600) }
        #expect(try await rehearsal.findings().map(\.code) == [.segmentGone])
        try rehearsal.salesforceCreates("Contact", ["LastName": "Cy", "Email": "cy@x.test"])
        for _ in 0..<3 { try await Self.sync(stage, after: 1_000) }
        #expect(rehearsal.contacts.isEmpty)
        try await Rehearsal.asks(rehearsal.world, .put, path + "/restore")
        for _ in 0..<3 { try await Self.sync(stage, after: 1_000) }
        #expect(rehearsal.contacts.count == 1)
        #expect(try await rehearsal.findings().isEmpty)
        #expect(try await rehearsal.openEntries() == 0)
    }

    /// Found by the simulator (`segments` 13): who waited for the segment could not be brought forward.
    @Test func `who waits for a segment is read as soon as it is back`() async throws {
        let (stage, ann) = try await Self.stageWithAnn()
        let rehearsal = stage.rehearsal
        let path = "/crm/v3/lists/\(stage.list)"
        try await Rehearsal.asks(rehearsal.world, .delete, path)
        try rehearsal.hubspotEdits(ann, ["jobtitle": "Boss"])
        for _ in 0..<2 { try await Self.sync(stage, after: 90) }
        #expect(try await rehearsal.findings().map(\.code) == [.segmentGone])
        try await Rehearsal.asks(rehearsal.world, .put, path + "/restore")
        // Another record tells that it is back, long before the quarter of an hour is over.
        try rehearsal.hubspotCreates(["email": "bo@x.test", "lastname": "Bo", "city": "Oslo"])
        for _ in 0..<3 { try await Self.sync(stage, after: 65) }
        #expect(
            rehearsal.records("Contact").map { $0["Title"].text ?? "" }.sorted() == ["", "Boss"]
        )
        #expect(try await rehearsal.findings().isEmpty)
        #expect(try await rehearsal.store.parkedCount() == 0)
    }

    /// Found by the simulator (`segments` 22): HubSpot's part alone was read when the segment was back.
    @Test func `edits of both sides that met a gone segment both go over when it is back`()
        async throws
    {
        let (stage, ann) = try await Self.stageWithAnn()
        let rehearsal = stage.rehearsal
        let there = try #require(rehearsal.records("Contact").first?.id)
        let path = "/crm/v3/lists/\(stage.list)"
        // Salesforce's edit has both sides read, and it is this read that meets the gone segment. It is old enough then
        // that no other poll shows it.
        try await Rehearsal.asks(rehearsal.world, .delete, path)
        try rehearsal.salesforceEdits(there, ["Phone": "123"])
        for _ in 0..<2 { try await Self.sync(stage, after: 600) }
        #expect(try await rehearsal.findings().map(\.code) == [.segmentGone])
        #expect(rehearsal.hubspot(ann, "phone").isEmpty)
        try await Rehearsal.asks(rehearsal.world, .put, path + "/restore")
        for _ in 0..<3 { try await Self.sync(stage, after: 1_000) }
        #expect(rehearsal.hubspot(ann, "phone") == "123")
        #expect(try await rehearsal.findings().isEmpty)
        #expect(try await rehearsal.openEntries() == 0)
    }
}
