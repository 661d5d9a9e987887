import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import SyncStore

extension Rehearsal {
    /// People of both mocks who are the same by their e-mail addresses.
    static let (ada, sam, lee) = (
        MockSalesforceUser.standard[0].id, MockSalesforceUser.standard[1].id,
        MockSalesforceUser.standard[2].id
    )

    /// The mapping with one more field: whose record it is.
    static func owned(
        _ mapping: ObjectMapping = Rehearsal.mapping(),
        rule: SyncRule = .twoWay,
        values: [FieldMapping.ValuePair] = []
    ) -> ObjectMapping {
        var mapping = mapping
        let shape = FieldShape(type: .reference)
        mapping.hubspot.fields.append(.init(name: "hubspot_owner_id", shape: shape))
        for place in mapping.salesforce.indices {
            mapping.salesforce[place].fields.append(.init(name: "OwnerId", shape: shape))
        }
        mapping.fields.append(
            FieldMapping(
                index: mapping.fields.count,
                hubspot: "hubspot_owner_id",
                salesforce: "OwnerId",
                rule: rule,
                kind: .owner,
                values: values
            )
        )
        return mapping
    }

    /// Contacts with owners, after a first look at two empty accounts.
    static func owning(
        _ mapping: ObjectMapping = Rehearsal.owned(),
        _ salesforce: MockSalesforceSettings = MockSalesforceSettings()
    ) async throws -> Rehearsal {
        let time = ManualTime()
        let world = MockWorld(
            hubspot: MockHubSpot(),
            salesforce: MockSalesforce(settings: salesforce),
            time: time
        )
        let stage = try await Rehearsal(world: world, time: time, mapping: mapping)
        _ = try await stage.runner.sync()
        stage.wait()
        return stage
    }

    /// A synced contact of this HubSpot owner; both ids.
    func syncedContact(owner: String) async throws -> (hubspot: String, salesforce: String) {
        let contact = try self.hubspotCreates([
            "email": "ann@x.test", "lastname": "Ann", "hubspot_owner_id": owner,
        ])
        self.wait()
        _ = try await self.runner.sync()
        self.wait()
        return (contact, self.records("Contact").first?.id ?? "")
    }

    /// Somebody new may own records in HubSpot.
    func hubspotHires(_ id: Int64, _ email: String) {
        self.world.with { state, _ in
            state.hubspot.settings.owners.append(
                MockHubSpotOwner(
                    id: id,
                    userID: id + 1_000,
                    email: email,
                    firstName: "New",
                    lastName: "Person \(id)"
                )
            )
        }
    }

    /// An administrator changes somebody in Salesforce.
    func salesforceChanges(_ id: String, _ change: (inout MockSalesforceUser) -> Void) {
        self.world.with { state, now in
            guard var user = state.salesforce.settings.users.first(where: { $0.id == id }) else {
                return
            }
            change(&user)
            state.salesforce.change(user: user, at: now)
        }
    }
}
