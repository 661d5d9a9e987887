import DuetCLI
import HTTPTransport
import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import Testing
import WireJSON

extension Rehearsal {
    /// Contacts and deals, and who plays which role in a deal.
    static let roles = """
          - name: contacts
            hubspot: contacts
            salesforce: Contact
            fields:
              - {hubspot: email, salesforce: Email, rule: twoWay}
              - {hubspot: lastname, salesforce: LastName, rule: twoWay}
          - name: deals
            hubspot: deals
            fields:
              - {hubspot: dealname, salesforce: Name, rule: twoWay}
              - {hubspot: dealstage, salesforce: StageName, rule: twoWay,
                 values: {qualifiedtobuy: Qualification, closedwon: Closed Won}}
              - {hubspot: closedate, salesforce: CloseDate, rule: twoWay}
            relations:
              - with: contacts
                through: OpportunityContactRole
                labels: {Decider: Decision Maker, Influencer: Influencer}
        """

    /// A pair that keeps contact roles in step, with nothing in it.
    static func casting(
        _ mappings: String = Rehearsal.roles,
        settings: RuntimeSettings = RuntimeSettings()
    ) async throws -> Rehearsal {
        let time = ManualTime()
        var portal = MockHubSpot()
        for label in ["Decider", "Influencer", "Guest"] {
            try Self.ask(
                &portal,
                .post,
                "/crm/v4/associations/deals/contacts/labels",
                #"{"label":"\#(label)","name":"\#(label.lowercased())"}"#,
                at: time.wallMilliseconds
            )
        }
        let world = MockWorld(hubspot: portal, salesforce: MockSalesforce(), time: time)
        let loaded = try await Self.loaded(mappings, world, time)
        let stage = try await Rehearsal(
            world: world,
            time: time,
            settings: settings,
            mapping: loaded.mappings[0],
            others: Array(loaded.mappings.dropFirst()),
            required: loaded.required
        )
        _ = try await stage.runner.sync()
        stage.wait()
        return stage
    }

    /// A person says in Salesforce who plays a part in an opportunity.
    @discardableResult
    func casts(_ contact: String, in opportunity: String, as role: String = "") throws -> String {
        try self.world.with { state, now in
            var fields: [MockSalesforceRecord.Field] = [
                .init("OpportunityId", .text(opportunity)), .init("ContactId", .text(contact)),
            ]
            if !role.isEmpty { fields.append(.init("Role", .text(role))) }
            return try state.salesforce.create(
                object: "OpportunityContactRole",
                fields: fields,
                at: now
            )
        }
    }

    func uncasts(_ id: String) throws {
        try self.world.with { state, now in try state.salesforce.delete(id, at: now) }
    }

    /// Who plays a part in an opportunity: `contact: role`.
    func cast(of opportunity: String) -> [String] {
        self.records("OpportunityContactRole").filter {
            $0["OpportunityId"].text == opportunity && !$0.isDeleted
        }.map { "\($0["ContactId"].text ?? ""): \($0["Role"].text ?? "")" }.sorted()
    }

    /// A person ties a contact to a deal in HubSpot, or takes what a label says away.
    func labels(_ deal: String, _ contact: String, _ label: String, isMade: Bool = true) throws {
        try self.world.with { state, now in
            let path = "/crm/v4/associations/deals/contacts"
            let kinds = try Self.ask(&state.hubspot, .get, path + "/labels", at: now)
            let kind = kinds["results"]?.elements.first { $0["label"]?.string == label }
            let number = try #require(kind?["typeId"]?.integer)
            try Self.ask(
                &state.hubspot,
                .post,
                path + "/batch/" + (isMade ? "create" : "labels/archive"),
                #"{"inputs":[{"from":{"id":"\#(deal)"},"to":{"id":"\#(contact)"},"#
                    + #""types":[{"associationCategory":"USER_DEFINED","#
                    + #""associationTypeId":\#(number)}]}]}"#,
                at: now
            )
        }
    }

    /// An administrator deletes a label of deals and contacts in HubSpot.
    func deletes(label: String) throws {
        try self.world.with { state, now in
            let path = "/crm/v4/associations/deals/contacts/labels"
            let kinds = try Self.ask(&state.hubspot, .get, path, at: now)
            let kind = kinds["results"]?.elements.first { $0["label"]?.string == label }
            let number = try #require(kind?["typeId"]?.integer)
            try Self.ask(&state.hubspot, .delete, "\(path)/\(number)", at: now)
        }
    }

    /// Who is tied to a deal: `contact: label, label`.
    func tiedContacts(_ deal: String) throws -> [String] {
        try self.world.with { state, now in
            let path = "/crm/v4/objects/deals/\(deal)/associations/contacts"
            let ties = try Self.ask(&state.hubspot, .get, path, at: now)
            return (ties["results"]?.elements ?? []).map { tie in
                let id = tie["toObjectId"].flatMap { $0.string ?? $0.numberText } ?? ""
                let labels = tie["associationTypes"]?.elements.compactMap { $0["label"]?.string }
                return "\(id): \((labels ?? []).sorted().joined(separator: ", "))"
            }.sorted()
        }
    }
}
