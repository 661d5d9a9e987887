import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// The list of fields changes while records are synced.
struct FieldChangeTests {
    /// Contacts with these of the rehearsal's fields, in this order.
    private static func mapping(_ names: String..., revision: Int64) -> ObjectMapping {
        let whole = Rehearsal.mapping()
        var mapping = whole
        let places = names.compactMap { name in
            whole.fields.first { $0.hubspot == name }?.index
        }
        mapping.fields = places.enumerated().map { index, place in
            var field = whole.fields[place]
            field.index = index
            return field
        }
        mapping.hubspot.fields = places.map { whole.hubspot.fields[$0] }
        for object in mapping.salesforce.indices {
            mapping.salesforce[object].fields = places.map { whole.salesforce[object].fields[$0] }
        }
        mapping.matchFields = [names.firstIndex(of: "email") ?? 0]
        mapping.revision = revision
        return mapping
    }

    private static let before = Self.mapping("email", "lastname", "phone", revision: 1)
    private static let after = Self.mapping("jobtitle", "lastname", "email", revision: 2)

    /// So many synced contacts, whose titles were never read; ids by side.
    private static func rehearsal(
        _ people: Int
    ) async throws -> (stage: Rehearsal, hubspot: [String], salesforce: [String]) {
        var settings = RuntimeSettings()
        settings.readsNewFields = true
        let stage = try await Rehearsal(settings: settings, mapping: Self.before)
        _ = try await MappingCheck(store: stage.store).run([Self.before])
        _ = try await stage.runner.sync()
        stage.wait()
        let contacts = try (0..<people).map { place in
            try stage.hubspotCreates([
                "email": "p\(place)@x.test", "lastname": "P\(place)", "phone": "1",
            ])
        }
        stage.wait()
        _ = try await stage.runner.sync()
        let links = try await stage.store.links(mapping: "contacts", after: 0, limit: 1_000)
        let ids = Dictionary(links.map { ($0.hubspotID, $0.salesforceID) }) { one, _ in one }
        stage.wait()
        return (stage, contacts, contacts.map { ids[$0] ?? "" })
    }

    private static func change(_ stage: Rehearsal, to mapping: ObjectMapping) async throws {
        _ = try await MappingCheck(store: stage.store).run([mapping])
        try await stage.restart(with: [mapping])
    }

    private static func sync(_ stage: Rehearsal) async throws {
        stage.wait()
        _ = try await stage.runner.sync()
    }

    @Test
    func `M06: a look at what a new field holds writes nothing, and edits from then on go over`()
        async throws
    {
        let (stage, hubspot, salesforce) = try await Self.rehearsal(250)
        try stage.hubspotEdits(hubspot[0], ["jobtitle": "Clerk"])
        try stage.salesforceEdits(salesforce[0], ["Title": "Boss"])
        try stage.salesforceEdits(salesforce[1], ["Title": "Boss"])
        try stage.hubspotEdits(hubspot[2], ["jobtitle": "Clerk"])
        try await Self.sync(stage)
        try await Self.change(stage, to: Self.after)
        let calls = stage.billed
        for _ in 0..<2 { try await Self.sync(stage) }
        #expect(stage.hubspot(hubspot[0], "jobtitle") == "Clerk")
        #expect(stage.salesforce(salesforce[0], "Title") == "Boss")
        #expect(stage.hubspot(hubspot[1], "jobtitle").isEmpty)
        #expect(stage.salesforce(salesforce[2], "Title").isEmpty)
        // Everything is read once: three calls in HubSpot, one in Salesforce; the rest are polls.
        #expect((stage.billed[.hubspot] ?? 0) - (calls[.hubspot] ?? 0) <= 3 + 4)
        #expect((stage.billed[.salesforce] ?? 0) - (calls[.salesforce] ?? 0) <= 1 + 4)
        let links = try await stage.store.links(mapping: "contacts", after: 0, limit: 1_000)
        #expect(links.allSatisfy { $0.schemaRevision == 2 })
        try stage.salesforceEdits(salesforce[1], ["Title": "Chief"])
        try stage.hubspotEdits(hubspot[2], ["jobtitle": "Cook"])
        try stage.hubspotEdits(hubspot[3], ["phone": "2"])
        for _ in 0..<2 { try await Self.sync(stage) }
        #expect(stage.hubspot(hubspot[1], "jobtitle") == "Chief")
        #expect(stage.salesforce(salesforce[2], "Title") == "Cook")
        #expect(stage.salesforce(salesforce[3], "Phone") == "1")
        #expect(try await stage.findings().isEmpty)
        #expect(try await stage.openEntries() == 0)
    }

    @Test func `an edit of a field that was synced all along is not lost by the change`()
        async throws
    {
        let (stage, hubspot, salesforce) = try await Self.rehearsal(2)
        try stage.hubspotEdits(hubspot[0], ["lastname": "Lovelace", "jobtitle": "Clerk"])
        try stage.salesforceEdits(salesforce[1], ["LastName": "Byron"])
        // The write of it is lost on its way, and the process dies.
        stage.wait()
        stage.kill(after: 3, losesReply: true)
        _ = try? await stage.runner.sync()
        stage.revive()
        try await Self.change(stage, to: Self.after)
        for _ in 0..<4 {
            stage.wait(seconds: 900)
            _ = try await stage.runner.sync()
        }
        #expect(stage.salesforce(salesforce[0], "LastName") == "Lovelace")
        #expect(stage.hubspot(hubspot[1], "lastname") == "Byron")
        #expect(stage.contacts.count == 2 && stage.records("Contact").count == 2)
        #expect(try await stage.openEntries() == 0)
    }

    @Test func `an edit that meets a side which was never read decides nothing blindly`()
        async throws
    {
        let (stage, hubspot, salesforce) = try await Self.rehearsal(1)
        try stage.salesforceEdits(salesforce[0], ["Title": "Boss"])
        try await Self.sync(stage)
        try await Self.change(stage, to: Self.after)
        // The day's reads did not come to this record yet.
        for side in Side.allCases {
            try await stage.store.setText(nil, for: "mapping.unread.contacts.\(side.rawValue)")
        }
        try stage.hubspotEdits(hubspot[0], ["jobtitle": "Clerk"])
        try await Self.sync(stage)
        #expect(stage.salesforce(salesforce[0], "Title") == "Boss")
        try stage.hubspotEdits(hubspot[0], ["jobtitle": "Cook"])
        for _ in 0..<2 { try await Self.sync(stage) }
        #expect(stage.salesforce(salesforce[0], "Title") == "Cook")
    }

    @Test func `a new record that was only planned has the new field too`() async throws {
        let (stage, _, _) = try await Self.rehearsal(1)
        try stage.hubspotCreates(["email": "ada@x.test", "lastname": "Ada", "jobtitle": "Countess"])
        stage.wait()
        stage.kill(after: 3, losesReply: false)
        _ = try? await stage.runner.sync()
        stage.revive()
        try await Self.change(stage, to: Self.after)
        for _ in 0..<2 {
            stage.wait(seconds: 900)
            _ = try await stage.runner.sync()
        }
        let made = stage.records("Contact").filter { $0["LastName"].text == "Ada" }
        #expect(made.map { $0["Title"].text } == ["Countess"])
    }

    /// The list goes back to what it was, or to a list that it was once: the number is the same.
    @Test func `a field that is taken out and put back is read, and written by nobody's look`()
        async throws
    {
        let (stage, hubspot, salesforce) = try await Self.rehearsal(2)
        try await Self.change(stage, to: Self.after)
        try await Self.sync(stage)
        // Nobody has read their telephones since the list lacked them.
        try stage.salesforceEdits(salesforce[0], ["Phone": "2"])
        try await Self.sync(stage)
        try await Self.change(stage, to: Self.before)
        try stage.hubspotEdits(hubspot[0], ["lastname": "Lovelace"])
        for _ in 0..<3 { try await Self.sync(stage) }
        #expect(stage.salesforce(salesforce[0], "LastName") == "Lovelace")
        #expect(stage.salesforce(salesforce[0], "Phone") == "2")
        #expect(stage.hubspot(hubspot[0], "phone") == "1")
        #expect(stage.hubspot(hubspot[1], "phone") == "1")
        let links = try await stage.store.links(mapping: "contacts", after: 0, limit: 10)
        #expect(links.allSatisfy { $0.schemaRevision == 1 && $0.hubspotBase?.holdsUnread == false })
        try stage.hubspotEdits(hubspot[1], ["phone": "3"])
        try await Self.sync(stage)
        #expect(stage.salesforce(salesforce[1], "Phone") == "3")
    }

    @Test func `another Salesforce object in the mapping moves nothing`() async throws {
        let (stage, hubspot, salesforce) = try await Self.rehearsal(1)
        var alone = Self.before
        alone.salesforce.removeLast()
        try await Self.change(stage, to: alone)
        try stage.hubspotEdits(hubspot[0], ["phone": "2"])
        stage.wait()
        stage.kill(after: 2, losesReply: false)
        _ = try? await stage.runner.sync()
        stage.revive()
        try await Self.change(stage, to: Self.before)
        for _ in 0..<3 {
            stage.wait(seconds: 900)
            _ = try await stage.runner.sync()
        }
        #expect(stage.salesforce(salesforce[0], "Phone") == "2")
        #expect(try await stage.openEntries() == 0)
    }

    @Test func `a create that was sent before the change is linked, and its new field is read`()
        async throws
    {
        let (stage, _, _) = try await Self.rehearsal(1)
        try stage.hubspotCreates(["email": "ada@x.test", "lastname": "Ada", "jobtitle": "Countess"])
        stage.wait()
        stage.kill(after: 4, losesReply: true)
        _ = try? await stage.runner.sync()
        stage.revive()
        try await Self.change(stage, to: Self.after)
        for _ in 0..<4 {
            stage.wait(seconds: 900)
            _ = try await stage.runner.sync()
        }
        let made = stage.records("Contact").filter { $0["LastName"].text == "Ada" }
        #expect(made.count == 1)
        #expect(made.allSatisfy { ["", "Countess"].contains($0["Title"].text ?? "") })
        let links = try await stage.store.links(mapping: "contacts", after: 0, limit: 10)
        #expect(links.allSatisfy { $0.hubspotBase?.holdsUnread == false })
    }
}
