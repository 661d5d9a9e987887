import MockHubSpot
import MockSalesforce
import SyncCore
import SyncRuntime
import Testing

/// People and other apps write into the fields that hold the counterpart's id.
struct KeyFieldTests {
    /// `key`: no id, one with a wrong checksum, one that no record has.
    @Test(arguments: ["no id at all", "0035g00000000ZZAAA", "0035g00000009ZZAAY"])
    func `a contact whose key field holds something else is synced, and so are the others`(
        key: String
    ) async throws {
        let rehearsal = try await Rehearsal()
        _ = try await rehearsal.runner.sync()
        let ids = [
            try rehearsal.hubspotCreates([
                "email": "a@example.com", "lastname": "A", "sf_contact_key": key,
            ]),
            try rehearsal.hubspotCreates(["email": "b@example.com", "lastname": "B"]),
        ]
        rehearsal.wait()
        _ = try await rehearsal.runner.sync()
        let people = rehearsal.records("Contact")
        #expect(people.compactMap { $0["LastName"].text }.sorted() == ["A", "B"])
        #expect(
            Set(ids.map { rehearsal.hubspot($0, "sf_contact_key") }) == Set(people.map(\.id))
        )
        #expect(try await rehearsal.findings().isEmpty)
    }

    /// `key`: no id, and one that no record has.
    @Test(arguments: ["no id at all", "171000009999"])
    func `so is a contact in Salesforce`(key: String) async throws {
        let rehearsal = try await Rehearsal()
        _ = try await rehearsal.runner.sync()
        let ids = [
            try rehearsal.salesforceCreates(
                "Contact",
                ["LastName": "A", "Email": "a@example.com", "HubSpot_Record_ID__c": key]
            ),
            try rehearsal.salesforceCreates("Contact", ["LastName": "B"]),
        ]
        rehearsal.wait()
        _ = try await rehearsal.runner.sync()
        let contacts = rehearsal.contacts
        #expect(contacts.compactMap { $0["lastname"] }.sorted() == ["A", "B"])
        #expect(
            Set(ids.map { rehearsal.salesforce($0, "HubSpot_Record_ID__c") })
                == Set(contacts.map(\.id))
        )
        #expect(try await rehearsal.findings().isEmpty)
    }
}
