import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import SyncStore
import Testing

/// L04: a lifecycle stage goes forward on both sides.
struct LifecycleTests {
    private static func rehearsal() async throws -> Rehearsal {
        var mapping = Rehearsal.mapping()
        let choices = ValueOrder.lifecycle.values
        mapping.hubspot.fields.append(
            .init(
                name: "lifecyclestage",
                shape: FieldShape(type: .singleChoice, choices: choices)
            )
        )
        for place in mapping.salesforce.indices {
            mapping.salesforce[place].fields.append(
                .init(name: "Description", shape: FieldShape(type: .text))
            )
        }
        mapping.fields.append(
            FieldMapping(
                index: mapping.fields.count,
                hubspot: "lifecyclestage",
                salesforce: "Description",
                rule: .twoWay,
                order: .lifecycle
            )
        )
        let stage = try await Rehearsal(mapping: mapping)
        _ = try await stage.runner.sync()
        stage.wait()
        return stage
    }

    @Test func `L04: stages go over forward, and an edit that goes back is taken back and told`()
        async throws
    {
        let stage = try await Self.rehearsal()
        let contact = try stage.hubspotCreates([
            "email": "ann@x.test", "lastname": "Ann", "lifecyclestage": "lead",
        ])
        stage.wait()
        _ = try await stage.runner.sync()
        let there = try #require(stage.records("Contact").first?.id)
        #expect(stage.salesforce(there, "Description") == "lead")
        stage.wait()
        try stage.salesforceEdits(there, ["Description": "customer"])
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.hubspot(contact, "lifecyclestage") == "customer")
        stage.wait()
        // Whichever side is edited, and although it is the later edit.
        try stage.salesforceEdits(there, ["Description": "subscriber"])
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.hubspot(contact, "lifecyclestage") == "customer")
        #expect(stage.salesforce(there, "Description") == "customer")
        stage.wait()
        try stage.hubspotEdits(contact, ["lifecyclestage": ""])
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.hubspot(contact, "lifecyclestage") == "customer")
        let history = try await stage.store.history(
            hubspotID: contact,
            salesforceID: nil,
            limit: 100
        )
        #expect(history.filter { $0.kind == .overruled }.count == 2)
        #expect(try await stage.findings().isEmpty)
    }

    @Test func `L04: at a first match the side that has come further wins`() async throws {
        let stage = try await Self.rehearsal()
        let contact = try stage.hubspotCreates([
            "email": "bo@x.test", "lastname": "Bo", "lifecyclestage": "opportunity",
        ])
        let there = try stage.salesforceCreates(
            "Contact",
            ["Email": "bo@x.test", "LastName": "Bo", "Description": "lead"]
        )
        stage.wait()
        _ = try await stage.runner.sync()
        #expect(stage.salesforce(there, "Description") == "opportunity")
        #expect(stage.hubspot(contact, "lifecyclestage") == "opportunity")
        #expect(try await stage.findings().isEmpty)
    }
}
