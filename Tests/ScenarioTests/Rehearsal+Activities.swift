import CRMInterface
import DuetCLI
import HTTPTransport
import HubSpotConnector
import MockHubSpot
import MockSalesforce
import SalesforceConnector
import SimulationKit
import SyncCore
import SyncRuntime
import SyncStore

extension Rehearsal {
    /// Companies, contacts, deals and tickets as a file has them, for activities to belong to.
    static let owners = """
          - {name: companies, hubspot: companies, match: [name],
             fields: [{hubspot: name, salesforce: Name, rule: twoWay}]}
          - name: contacts
            hubspot: contacts
            salesforce: [Contact, Lead]
            createAs: contact
            match: [email]
            fields:
              - {hubspot: email, salesforce: Email, rule: twoWay}
              - {hubspot: lastname, salesforce: LastName, rule: twoWay}
              - {hubspot: company, salesforce: Company, rule: preferSalesforce, default: Unknown}
          - name: deals
            hubspot: deals
            match: none
            fields:
              - {hubspot: dealname, salesforce: Name, rule: twoWay}
              - {hubspot: closedate, salesforce: CloseDate, rule: twoWay}
              - {hubspot: dealstage, salesforce: StageName, rule: twoWay,
                 values: {qualifiedtobuy: Qualification, closedwon: Closed Won}}
          - name: tickets
            hubspot: tickets
            fields:
              - {hubspot: subject, salesforce: Subject, rule: twoWay}
              - {hubspot: hs_pipeline_stage, salesforce: Status, rule: twoWay,
                 values: {1: New, 2: Working, 4: Closed}}
        """

    /// Tasks with every field that native's have, and whom they are with and what they are about.
    static let tasks = """
          - name: tasks
            hubspot: tasks
            fields:
              - {hubspot: hs_task_subject, salesforce: Subject, rule: twoWay}
              - {hubspot: hs_task_body, salesforce: Description, rule: twoWay}
              - {hubspot: hs_timestamp, salesforce: ActivityDate, rule: twoWay}
              - {hubspot: hs_task_status, salesforce: Status, rule: twoWay,
                 values: {NOT_STARTED: Not Started, IN_PROGRESS: In Progress, COMPLETED: Completed,
                          WAITING: Waiting on someone else, DEFERRED: Deferred}}
              - {hubspot: hs_task_priority, salesforce: Priority, rule: twoWay,
                 values: {HIGH: High, MEDIUM: Normal, LOW: Low, NONE: Normal}}
              - {hubspot: contact, salesforce: WhoId, rule: twoWay}
              - {hubspot: about, salesforce: WhatId, rule: twoWay}
        """

    /// Meetings, calls, e-mails and notes.
    static let otherActivities = """
          - name: meetings
            hubspot: meetings
            fields:
              - {hubspot: hs_meeting_title, salesforce: Subject, rule: twoWay}
              - {hubspot: hs_meeting_body, salesforce: Description, rule: twoWay}
              - {hubspot: hs_meeting_start_time, salesforce: StartDateTime, rule: twoWay}
              - {hubspot: hs_meeting_end_time, salesforce: EndDateTime, rule: twoWay}
              - {hubspot: hs_meeting_location, salesforce: Location, rule: twoWay}
              - {hubspot: contact, salesforce: WhoId, rule: twoWay}
              - {hubspot: about, salesforce: WhatId, rule: twoWay}
          - name: calls
            hubspot: calls
            taskType: Call
            fields:
              - {hubspot: hs_call_title, salesforce: Subject, rule: twoWay}
              - {hubspot: hs_call_body, salesforce: Description, rule: twoWay}
              - {hubspot: hs_timestamp, salesforce: ActivityDate, rule: twoWay}
              - {hubspot: hs_call_direction, salesforce: CallType, rule: twoWay,
                 values: {INBOUND: Inbound, OUTBOUND: Outbound}}
              - {hubspot: contact, salesforce: WhoId, rule: twoWay}
          - name: emails
            hubspot: emails
            fields:
              - {hubspot: hs_email_subject, salesforce: Subject, rule: twoWay}
              - {hubspot: hs_email_text, salesforce: Description, rule: twoWay}
              - {hubspot: hs_timestamp, salesforce: ActivityDate, rule: twoWay}
              - {hubspot: contact, salesforce: WhoId, rule: twoWay}
          - name: notes
            hubspot: notes
            creates: salesforce
            fields:
              - {hubspot: hs_note_body, salesforce: Description, rule: twoWay}
              - {hubspot: hs_timestamp, salesforce: ActivityDate, rule: twoWay}
              - {hubspot: contact, salesforce: WhoId, rule: twoWay}
              - {hubspot: about, salesforce: WhatId, rule: twoWay}
        """

    /// The mappings of a file, compiled against what the mocks say of their fields.
    ///
    /// `salesforce`: the org that describes itself; nothing of it is changed.
    static func compiled(
        _ mappings: String,
        salesforce: MockSalesforce = MockSalesforce()
    ) async throws -> [ObjectMapping] {
        let time = ManualTime()
        let world = MockWorld(hubspot: MockHubSpot(), salesforce: salesforce, time: time)
        return try await Self.loaded(mappings, world, time).mappings
    }

    /// A pair that is in step with nothing in it, of a file's mappings.
    static func playing(
        _ mappings: String,
        settings: MockHubSpotSettings = MockHubSpotSettings()
    ) async throws -> Rehearsal {
        let time = ManualTime()
        let compiled = try await Self.compiled(mappings)
        let stage = try await Rehearsal(
            world: MockWorld(
                hubspot: MockHubSpot(settings: settings),
                salesforce: MockSalesforce(),
                time: time
            ),
            time: time,
            mapping: compiled[0],
            others: Array(compiled.dropFirst())
        )
        _ = try await stage.runner.sync()
        stage.wait()
        return stage
    }

    /// A person ties two records.
    func ties(
        _ id: String,
        of object: String,
        to other: String,
        of otherObject: String
    ) throws {
        try self.world.with { state, _ in
            try state.hubspot.tie(id, of: object, to: other, of: otherObject)
        }
    }

    func unties(
        _ id: String,
        of object: String,
        from other: String,
        of otherObject: String
    ) throws {
        try self.world.with { state, _ in
            try state.hubspot.untie(id, of: object, from: other, of: otherObject)
        }
    }

    /// What a record is tied to.
    func tied(_ id: String, in object: String, to other: String) -> [String] {
        self.world.with { state, _ in state.hubspot.ties(of: id, in: object, to: other) }
    }

    /// Lets the index catch up and brings everything over.
    func plays() async throws {
        self.wait()
        _ = try await self.runner.sync()
    }

    /// A contact that both CRMs have, by its ids.
    func person(_ name: String) async throws -> (hubspot: String, salesforce: String) {
        let id = try self.hubspotCreates([
            "email": "\(name.lowercased())@acme.test", "lastname": name,
        ])
        try await self.plays()
        let there = self.records("Contact").first { $0["LastName"].text == name }
        return (id, there?.id ?? "")
    }

    /// A company that both CRMs have, by its ids.
    func firm(_ name: String) async throws -> (hubspot: String, salesforce: String) {
        let id = try self.hubspotCreates("companies", ["name": name])
        try await self.plays()
        let there = self.records("Account").first { $0["Name"].text == name }
        return (id, there?.id ?? "")
    }

    /// A deal that both CRMs have, by its ids.
    func deal(_ name: String) async throws -> (hubspot: String, salesforce: String) {
        let id = try self.hubspotCreates(
            "deals",
            [
                "dealname": name, "pipeline": "default", "dealstage": "qualifiedtobuy",
                "closedate": "1793491200000",
            ]
        )
        try await self.plays()
        let there = self.records("Opportunity").first { $0["Name"].text == name }
        return (id, there?.id ?? "")
    }
}
