import MockHubSpot
import MockSalesforce
import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// Mappings that make records in one CRM only: who is in both is linked all the same.
struct CreatesTests {
    /// `side`: where records may be made.
    @Test(arguments: Side.allCases)
    func `S27: who is in both is linked, who is in one only is made where that is allowed`(
        side: Side
    ) async throws {
        var mapping = Rehearsal.mapping()
        mapping.createsInHubSpot = side == .hubspot
        mapping.createsInSalesforce = side == .salesforce
        let stage = try await Rehearsal(mapping: mapping)
        _ = try await stage.runner.sync()
        stage.wait()
        for name in ["Both", "Here"] {
            try stage.hubspotCreates(["email": "\(name)@x.test", "lastname": name])
        }
        try stage.salesforceCreates("Contact", ["LastName": "Both", "Email": "both@x.test"])
        let there = try stage.salesforceCreates(
            "Contact",
            ["LastName": "There", "Email": "there@x.test"]
        )
        for _ in 0..<2 {
            stage.wait()
            _ = try await stage.runner.sync()
        }
        let isIntoHubSpot = side == .hubspot
        #expect(stage.contacts.compactMap { $0["lastname"] }.contains("There") == isIntoHubSpot)
        #expect(stage.contacts.count == (isIntoHubSpot ? 3 : 2))
        #expect(stage.records("Contact").count == (isIntoHubSpot ? 2 : 3))
        #expect(try await stage.store.linkCount(mapping: "contacts") == 2)
        #expect(try await stage.findings().isEmpty)
        #expect(try await stage.openEntries() == 0)
        // Nobody looks for them again and again.
        let billed = stage.billed
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.billed[.hubspot] == billed[.hubspot].map { $0 + 1 })
        #expect(stage.billed[.salesforce] == billed[.salesforce].map { $0 + 1 })
        stage.wait()
        try stage.salesforceEdits(there, ["Title": "CEO"])
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.contacts.contains { $0["jobtitle"] == "CEO" } == isIntoHubSpot)
    }
}
