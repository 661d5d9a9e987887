import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import Testing

/// Rows C15 to C17: the address by which people are found.
struct EmailTests {
    private static func synced(
        _ names: [String]
    ) async throws -> (stage: Rehearsal, hubspot: [String], salesforce: [String]) {
        let stage = try await Rehearsal()
        _ = try await stage.runner.sync()
        stage.wait()
        var hubspot: [String] = []
        for name in names {
            hubspot.append(
                try stage.hubspotCreates(["email": "\(name)@x.test", "lastname": name])
            )
        }
        stage.wait()
        _ = try await stage.runner.sync()
        stage.wait()
        let made = stage.records("Contact")
        let salesforce = names.compactMap { name in
            made.first { $0["LastName"].text == name }?.id
        }
        return (stage, hubspot, salesforce)
    }

    @Test func `C15: an address that is blanked in Salesforce comes back`() async throws {
        let (stage, hubspot, salesforce) = try await Self.synced(["ann"])
        try stage.salesforceEdits(salesforce[0], ["Email": ""])
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.salesforce(salesforce[0], "Email") == "ann@x.test")
        #expect(stage.hubspot(hubspot[0], "email") == "ann@x.test")
    }

    @Test func `C12, C16: an address that changes in Salesforce changes on the same contact`()
        async throws
    {
        let (stage, hubspot, salesforce) = try await Self.synced(["ann"])
        try stage.salesforceEdits(salesforce[0], ["Email": "ann.new@x.test"])
        stage.wait()
        _ = try await stage.runner.sync()
        stage.wait()
        // Another record with the old address ties nobody anew.
        try stage.salesforceCreates("Contact", ["Email": "ann@x.test", "LastName": "Other"])
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.hubspot(hubspot[0], "email") == "ann.new@x.test")
        #expect(stage.hubspot(hubspot[0], "lastname") == "ann")
        #expect(stage.contacts.count == 2)
    }

    @Test
    func `C17: an address that another contact has stays behind and is told, nobody is swapped`()
        async throws
    {
        let (stage, hubspot, salesforce) = try await Self.synced(["ann", "bo"])
        try stage.salesforceEdits(salesforce[0], ["Email": "bo@x.test", "Title": "CEO"])
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.hubspot(hubspot[0], "email") == "ann@x.test")
        #expect(stage.hubspot(hubspot[0], "jobtitle") == "CEO")
        #expect(stage.hubspot(hubspot[1], "jobtitle").isEmpty)
        let finding = try #require(try await stage.findings().first)
        #expect(finding.code == .recordRejected)
        #expect(finding.hubspotID == hubspot[0])
        stage.wait()
        try stage.salesforceEdits(salesforce[1], ["Title": "CFO"])
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.hubspot(hubspot[1], "jobtitle") == "CFO")
    }
}
