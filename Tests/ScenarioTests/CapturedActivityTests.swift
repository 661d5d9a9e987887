import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// Row V08: what Einstein Activity Capture stores as Salesforce's own records.
///
/// Where "Sync Email as Salesforce Activity" is on each captured e-mail is an Email Message with a Task of the subtype
/// Email, and meetings are Events (Salesforce Help: Guidelines for Using Sync Email as Salesforce Activity). Where it is off
/// e-mails are no records, and no API shows them.
struct CapturedActivityTests {
    @Test func `V08: captured e-mails and meetings come as e-mails and meetings, once`()
        async throws
    {
        let stage = try await Rehearsal.playing(
            [Rehearsal.owners, Rehearsal.tasks, Rehearsal.otherActivities].joined(separator: "\n")
        )
        let person = try await stage.person("Roe")
        let firm = try await stage.firm("Acme")
        // As Salesforce makes the Task of an Email Message: done, of the subtype that cannot be changed.
        let mail = try stage.salesforceCreates(
            "Task",
            [
                "Subject": "Email: Offer", "Description": "From: sam@example.invalid",
                "TaskSubtype": "Email", "Type": "Email", "Status": "Completed",
                "ActivityDate": "2026-11-02", "WhoId": person.salesforce,
            ]
        )
        let event = try stage.salesforceCreates(
            "Event",
            [
                "Subject": "Demo", "StartDateTime": "2026-11-01T09:00:00Z",
                "EndDateTime": "2026-11-01T10:00:00Z", "WhoId": person.salesforce,
            ]
        )
        try await stage.plays()
        let email = try #require(stage.hubspotRecords("emails").first)
        #expect(email["hs_email_subject"] == "Email: Offer")
        #expect(email["sf_task_key"] == mail)
        #expect(stage.tied(email.id, in: "emails", to: "contacts") == [person.hubspot])
        #expect(stage.hubspotRecords("tasks").isEmpty)
        #expect(stage.hubspotRecords("meetings").map { $0["sf_event_key"] } == [event])
        // Its flow may match an e-mail with another record later on.
        stage.wait()
        try stage.salesforceEdits(mail, ["WhatId": firm.salesforce, "Subject": "Email: Offer 2"])
        try await stage.plays()
        #expect(stage.hubspot(email.id, "hs_email_subject", of: "emails") == "Email: Offer 2")
        for _ in 0..<2 { try await stage.plays() }
        #expect(stage.hubspotRecords("emails").count == 1)
        #expect(stage.hubspotRecords("meetings").count == 1)
        #expect(stage.records("Task").count == 1)
        #expect(stage.records("Event").count == 1)
        #expect(try await stage.findings().isEmpty)
        #expect(try await stage.openEntries() == 0)
    }
}
