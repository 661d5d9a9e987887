import HTTPTransport
import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// Writes of a tie of which HubSpot took one half: one is made or taken away, the other one is not.
struct HalfTieTests {
    // MARK: - Parents of companies

    /// A company with a parent, and another one that is to be its parent.
    private struct Family {
        var stage: Rehearsal
        var child: (hubspot: String, salesforce: String)
        var parent: (hubspot: String, salesforce: String)
        var other: (hubspot: String, salesforce: String)
    }

    private static func family() async throws -> Family {
        let stage = try await Rehearsal.everything()
        let child = try await stage.firm("Child")
        let parent = try await stage.firm("Parent")
        let other = try await stage.firm("Other")
        try stage.salesforceEdits(child.salesforce, ["ParentId": parent.salesforce])
        for _ in 0..<2 { try await stage.plays() }
        #expect(stage.parent(of: child.hubspot) == parent.hubspot)
        try stage.salesforceEdits(child.salesforce, ["ParentId": other.salesforce])
        return Family(stage: stage, child: child, parent: parent, other: other)
    }

    private static func isTie(_ request: HTTPRequest) -> Bool {
        request.url.hasSuffix("/companies/companies/batch/create")
    }

    /// `isTiedBack`: whether HubSpot takes the parent before again.
    @Test(arguments: [true, false])
    func `a parent whose tie is put off was not taken away by anybody`(
        isTiedBack: Bool
    ) async throws {
        let family = try await Self.family()
        let stage = family.stage
        let other = family.other.hubspot
        let put = Locked(0)
        stage.answers { request in
            let isOther = String(decoding: request.body, as: UTF8.self).contains(other)
            guard Self.isTie(request), isOther || !isTiedBack else { return nil }
            put.withLock { $0 += 1 }
            return HTTPResponse(status: 423)
        }
        try await stage.plays()
        #expect(put.withLock { $0 } > 0)
        let left = isTiedBack ? family.parent.hubspot : nil
        #expect(stage.parent(of: family.child.hubspot) == left)
        // A feed shows the company as it is now.
        try stage.hubspotEdits(family.child.hubspot, of: "companies", ["phone": "1"])
        for _ in 0..<2 { try await stage.plays() }
        #expect(stage.salesforce(family.child.salesforce, "ParentId") == family.other.salesforce)
        stage.answers(nil)
        for _ in 0..<3 {
            stage.wait(seconds: 700)
            _ = try await stage.runner.sync()
        }
        #expect(stage.parent(of: family.child.hubspot) == family.other.hubspot)
        #expect(stage.salesforce(family.child.salesforce, "ParentId") == family.other.salesforce)
        #expect(stage.salesforce(family.child.salesforce, "Phone") == "1")
        #expect(try await stage.openEntries() == 0)
    }

    @Test func `a parent that HubSpot refuses leaves the one before, and nobody's edit is lost`()
        async throws
    {
        let family = try await Self.family()
        let stage = family.stage
        let other = family.other.hubspot
        stage.answers { request in
            guard Self.isTie(request),
                String(decoding: request.body, as: UTF8.self).contains(other)
            else { return nil }
            let body = #"""
                {"status":"COMPLETE","results":[],"numErrors":1,"errors":[{"status":"error",
                "category":"VALIDATION_ERROR","subCategory":"crm.associations.INVALID_IDENTIFIER",
                "message":"no valid ID","context":{"id":["\#(other)"]}}]}
                """#
            return HTTPResponse(
                status: 207,
                headers: [HTTPHeader("Date", "Mon, 30 Nov 2026 12:00:00 GMT")],
                body: Array(body.utf8)
            )
        }
        try await stage.plays()
        #expect(stage.parent(of: family.child.hubspot) == family.parent.hubspot)
        try stage.hubspotEdits(family.child.hubspot, of: "companies", ["phone": "1"])
        for _ in 0..<2 { try await stage.plays() }
        #expect(stage.salesforce(family.child.salesforce, "ParentId") == family.other.salesforce)
        stage.answers(nil)
        for _ in 0..<3 {
            stage.wait(seconds: 1_000)
            _ = try await stage.runner.sync()
        }
        #expect(stage.parent(of: family.child.hubspot) == family.parent.hubspot)
        #expect(stage.salesforce(family.child.salesforce, "ParentId") == family.other.salesforce)
        #expect(stage.salesforce(family.child.salesforce, "Phone") == "1")
        #expect(try await stage.findings().map(\.code).contains(.recordRejected))
        #expect(try await stage.openEntries() == 0)
    }

    // MARK: - Activities

    /// A task of one contact, to which Salesforce gives another one.
    private struct Given {
        var stage: Rehearsal
        var hubspot: String
        var salesforce: String
        var people: [(hubspot: String, salesforce: String)]
    }

    private static func task() async throws -> Given {
        let stage = try await Rehearsal.playing(
            [Rehearsal.owners, Rehearsal.tasks].joined(separator: "\n")
        )
        var people: [(hubspot: String, salesforce: String)] = []
        for name in ["Abe", "Bo", "Cy"] { people.append(try await stage.person(name)) }
        let task = try stage.salesforceCreates(
            "Task",
            ["Subject": "Ask", "WhoId": people[0].salesforce]
        )
        for _ in 0..<2 { try await stage.plays() }
        let made = try #require(stage.hubspotRecords("tasks").first).id
        try stage.salesforceEdits(task, ["WhoId": people[1].salesforce])
        return Given(stage: stage, hubspot: made, salesforce: task, people: people)
    }

    private static func isUntie(_ request: HTTPRequest) -> Bool {
        request.url.hasSuffix("/batch/archive") && request.url.contains("/associations/")
    }

    @Test func `a tie that was made stays for nobody once another one is meant`() async throws {
        let task = try await Self.task()
        let stage = task.stage
        stage.answers { Self.isUntie($0) ? HTTPResponse(status: 423) : nil }
        try await stage.plays()
        let both = Set(task.people.prefix(2).map(\.hubspot))
        #expect(Set(stage.tied(task.hubspot, in: "tasks", to: "contacts")) == both)
        // The write that is half done goes no further.
        try stage.salesforceEdits(task.salesforce, ["WhoId": task.people[2].salesforce])
        stage.answers(nil)
        for _ in 0..<4 {
            stage.wait(seconds: 700)
            _ = try await stage.runner.sync()
        }
        #expect(
            stage.tied(task.hubspot, in: "tasks", to: "contacts") == [task.people[2].hubspot]
        )
        #expect(stage.salesforce(task.salesforce, "WhoId") == task.people[2].salesforce)
        #expect(try await stage.openEntries() == 0)
    }

    @Test func `a tie that somebody makes again before the look is told in the history`()
        async throws
    {
        let task = try await Self.task()
        let stage = task.stage
        let (world, made, first) = (stage.world, task.hubspot, task.people[0].hubspot)
        let transport = MockTransport(world: world)
        let lost = Locked(0)
        stage.answers { request in
            guard Self.isUntie(request), lost.withLock({ $0 }) == 0 else { return nil }
            lost.withLock { $0 += 1 }
            _ = try? transport.deliver(request)
            // A person is quicker than the look.
            try? world.with { state, _ in
                try state.hubspot.tie(made, of: "tasks", to: first, of: "contacts")
            }
            return HTTPResponse(status: 504)
        }
        for _ in 0..<2 { try await stage.plays() }
        #expect(lost.withLock { $0 } == 1)
        stage.answers(nil)
        for _ in 0..<2 {
            stage.wait(seconds: 700)
            _ = try await stage.runner.sync()
        }
        #expect(
            stage.tied(task.hubspot, in: "tasks", to: "contacts") == [task.people[1].hubspot]
        )
        let history = try await stage.store.history(
            hubspotID: task.hubspot,
            salesforceID: nil,
            limit: 100
        )
        let line = try #require(history.first { $0.kind == .conflict })
        #expect(line.field == "contact")
        #expect(
            line.hubspotValue.map { String(decoding: $0, as: UTF8.self) }?
                .contains(task.people[0].hubspot) == true
        )
        #expect(try await stage.openEntries() == 0)
    }
}
